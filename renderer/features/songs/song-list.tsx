import { useMemo, useState } from 'react';
import { Button, Input, SearchField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { CrossIcon } from '../../parts/icons.tsx';
import { isActive, jobsBySong } from '../../state/song-jobs.ts';
import { useLibrary } from '../../state/use-library.tsx';
import {
  indexSongs,
  orderSongs,
  passesFilter,
  type SongFilter,
  type SongOrder,
  searchSongs,
} from './list-order.ts';
import { PickedBar } from './picked-bar.tsx';
import { SongGrid } from './song-grid.tsx';
import { SortMenu } from './sort-menu.tsx';
import { usePicked } from './use-picked.ts';

/** The songs of the library, searched, ordered and chosen from. */
export function SongList() {
  const { t } = useTranslation();
  const songs = useLibrary((library) => library.songs);
  const jobs = useLibrary((library) => library.jobs);
  const opened = useLibrary((library) => library.selectedSong);
  const [query, setQuery] = useState('');
  const [order, setOrder] = useState<SongOrder>('added');
  const [filter, setFilter] = useState<SongFilter>('all');
  const told = useMemo(() => jobsBySong(jobs), [jobs]);
  const ordered = useMemo(() => indexSongs(orderSongs(songs, order)), [songs, order]);
  const found = useMemo(() => searchSongs(ordered, query), [ordered, query]);
  const shown = useMemo(() => {
    const isWorking = (id: string) => {
      const job = told.get(id);
      return job !== undefined && isActive(job);
    };
    return filter === 'all' ? found : found.filter((song) => passesFilter(song, filter, isWorking));
  }, [found, filter, told]);
  const picked = usePicked(shown, opened);
  return (
    <>
      <div className="song-search">
        <SearchField
          className="search-field"
          aria-label={t('songs.search')}
          value={query}
          onChange={setQuery}
        >
          <Input className="text-input" placeholder={t('songs.searchHint')} />
          <Button className="icon-button">
            <CrossIcon />
          </Button>
        </SearchField>
        <SortMenu order={order} filter={filter} onOrder={setOrder} onFilter={setFilter} />
      </div>
      <SongGrid songs={shown} jobs={told} picked={picked} />
      {shown.length === 0 ? <p className="song-none">{t('songs.noneFound')}</p> : null}
      <p className="visually-hidden" role="status">
        {query === '' ? '' : t('songs.found', { count: shown.length })}
      </p>
      {picked.ids.size > 1 ? <PickedBar songs={shown} picked={picked} /> : null}
    </>
  );
}
