import { ToggleButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useLibrary } from '../../state/use-library.tsx';
import { useRepair } from './repair-state.ts';

/** Lets notes of the score be chosen and mended, or no longer. */
export function MendButton() {
  const { t } = useTranslation();
  const { on, toggle } = useRepair();
  // A passage that is written once and played twice has two notes for one head.
  const repeats = useLibrary((library) => library.scoreOptions.repeats);
  return (
    <ToggleButton className="button" isSelected={on} isDisabled={repeats} onChange={toggle}>
      {t('repair.button')}
    </ToggleButton>
  );
}
