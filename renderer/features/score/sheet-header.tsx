import { useTranslation } from 'react-i18next';
import type { Song } from '../../../main/contract/library.ts';

/** Title and artist above a score. */
export function SheetHeader({ song }: { song: Song }) {
  const { t } = useTranslation();
  return (
    <header className="sheet-header">
      <h1 className="sheet-title">{song.title || t('songs.untitled')}</h1>
      {song.artist === '' ? null : <p className="sheet-artist">{song.artist}</p>}
    </header>
  );
}
