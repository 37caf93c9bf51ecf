import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { songIn } from '../../state/song-index.ts';
import { useLibrary } from '../../state/use-library.tsx';
import { useSongTitle } from './use-song-title.ts';

/** A job's song, which a press opens. */
export function SongName({ songId }: { songId: string }) {
  const { t } = useTranslation();
  const title = useSongTitle(songId);
  const artist = useLibrary((library) => songIn(library.songs, songId)?.artist) ?? '';
  const selectSong = useLibrary((library) => library.selectSong);
  return (
    <span className="queue-song">
      <Button
        className="queue-title"
        aria-label={t('queue.open', { title })}
        onPress={() => void selectSong(songId)}
      >
        {title}
      </Button>
      <span className="queue-artist">{artist}</span>
    </span>
  );
}
