import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { type SongViewName, songViews, useSongView } from './view-state.ts';

/** Switches between a song's score and what was heard in it. */
export function ViewSwitch() {
  const { t } = useTranslation();
  const { view, show } = useSongView();
  return (
    <ToggleButtonGroup
      className="view-switch"
      aria-label={t('song.view.label')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[view]}
      onSelectionChange={([next]) => show(next as SongViewName)}
    >
      {songViews.map((name) => (
        <ToggleButton key={name} id={name} className="view-option">
          {t(`song.view.${name}`)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
