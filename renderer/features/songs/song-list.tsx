import { GridList } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useLibrary } from '../../state/use-library.tsx';
import { SongRow } from './song-row.tsx';

export function SongList() {
  const { t } = useTranslation();
  const songs = useLibrary((library) => library.songs);
  const jobs = useLibrary((library) => library.jobs);
  const selected = useLibrary((library) => library.selectedSong);
  const selectSong = useLibrary((library) => library.selectSong);
  return (
    <GridList
      className="song-list"
      aria-label={t('songs.list')}
      items={songs}
      dependencies={[jobs]}
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={selected === null ? [] : [selected]}
      onSelectionChange={(keys) => {
        const [key] = keys === 'all' ? [] : keys;
        if (typeof key === 'string') void selectSong(key);
      }}
    >
      {(song) => <SongRow song={song} jobs={jobs} />}
    </GridList>
  );
}
