import { useTranslation } from 'react-i18next';
import { songIn } from '../../state/song-index.ts';
import { useLibrary } from '../../state/use-library.tsx';

export function useSongTitle(songId: string): string {
  const { t } = useTranslation();
  return useLibrary((library) => songIn(library.songs, songId)?.title) || t('songs.untitled');
}
