import { ToggleButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { PaneIcon, TableIcon } from '../../parts/list-icons.tsx';
import { useListState } from './list-state.ts';

/** Spreads the list over the whole window as a table, and back. */
export function WideButton() {
  const { t } = useTranslation();
  const wide = useListState((list) => list.wide);
  const setWide = useListState((list) => list.setWide);
  return (
    <ToggleButton
      className="icon-button large wide-button"
      aria-label={t('songs.wide')}
      isSelected={wide}
      onChange={setWide}
    >
      {wide ? <PaneIcon /> : <TableIcon />}
    </ToggleButton>
  );
}
