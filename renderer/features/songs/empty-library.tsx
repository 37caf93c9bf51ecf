import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useLibrary } from '../../state/use-library.tsx';
import { AboutButton } from '../about/about.tsx';
import { SettingsButton } from '../settings/settings-button.tsx';
import { AddButton } from './add-button.tsx';

/** The first thing that a person sees: an empty page that waits for a song. */
export function EmptyLibrary() {
  const { t } = useTranslation();
  const addExample = useLibrary((library) => library.addExample);
  return (
    <div className="empty-library">
      <div className="sheet empty-sheet">
        <EmptySystem />
        <h1 className="empty-title">{t('songs.emptyTitle')}</h1>
        <p className="empty-text">{t('songs.emptyText')}</p>
        <AddButton />
        <Button className="link-button" onPress={() => void addExample()}>
          {t('songs.tryExample')}
        </Button>
        <p className="empty-formats">{t('songs.emptyFormats')}</p>
        <div className="empty-foot">
          <AboutButton />
          <SettingsButton />
        </div>
      </div>
    </div>
  );
}

const staffLines = [0, 1, 2, 3, 4];

/** A piano system with nothing in it yet. */
function EmptySystem() {
  return (
    <svg className="empty-system" viewBox="0 0 480 104" aria-hidden="true" stroke="currentColor" fill="none">
      {staffLines.map((line) => (
        <path key={line} d={`M12 ${line * 8 + 4}H476M12 ${line * 8 + 68}H476`} />
      ))}
      <path d="M12 4V100M244 4V36M244 68V100M476 4V100" />
      <path d="M8 4C2 26 12 44 4 52C12 60 2 78 8 100" strokeWidth="1.6" />
    </svg>
  );
}
