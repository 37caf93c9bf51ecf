import { useEffect, useMemo } from 'react';
import { Button, Input, SearchField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { CrossIcon } from '../../parts/icons.tsx';
import { jobsBySong } from '../../state/song-jobs.ts';
import { useLibrary } from '../../state/use-library.tsx';
import { FilterButton } from './filter-button.tsx';
import { countFilters, indexSongs, noFilter, orderSongs, passesFilter, searchSongs } from './list-order.ts';
import { useListState } from './list-state.ts';
import { MissingBar } from './missing-bar.tsx';
import { PickedBar } from './picked-bar.tsx';
import { SongGrid } from './song-grid.tsx';
import { SortMenu } from './sort-menu.tsx';
import { useFreshFiles } from './use-fresh-files.ts';
import { usePicked } from './use-picked.ts';

/** The songs of the library, searched, ordered and chosen from. */
export function SongList() {
  const { t } = useTranslation();
  const songs = useLibrary((library) => library.songs);
  const jobs = useLibrary((library) => library.jobs);
  const opened = useLibrary((library) => library.selectedSong);
  const { query, order, descending, filter, wide, setQuery, orderBy, setFilter } = useListState();
  useFreshFiles();
  const told = useMemo(() => jobsBySong(jobs), [jobs]);
  // Jobs tell how far they are many times a second; only an order by state looks at them.
  const orderedBy = order === 'state' ? told : null;
  const ordered = useMemo(
    () => orderSongs(songs, order, descending, orderedBy ?? undefined),
    [songs, order, descending, orderedBy],
  );
  useEffect(() => {
    // Not before the list is in sight.
    const later = setTimeout(() => indexSongs(songs), 300);
    return () => clearTimeout(later);
  }, [songs]);
  const found = useMemo(() => searchSongs(ordered, query), [ordered, query]);
  const isFiltered = countFilters(filter) > 0;
  const shown = useMemo(
    () => (isFiltered ? found.filter((song) => passesFilter(song, filter, told.get(song.id))) : found),
    [found, filter, isFiltered, told],
  );
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
        <FilterButton filter={filter} onChange={setFilter} />
        <SortMenu order={order} descending={descending} onOrder={orderBy} />
      </div>
      <MissingBar />
      <SongGrid songs={shown} jobs={told} picked={picked} wide={wide} />
      {shown.length === 0 ? (
        <div className="song-none">
          <p>{t('songs.noneFound')}</p>
          <Button
            className="button small"
            onPress={() => {
              setQuery('');
              setFilter(noFilter);
            }}
          >
            {t('songs.showAll')}
          </Button>
        </div>
      ) : null}
      <p className="visually-hidden" role="status">
        {query === '' && !isFiltered ? '' : t('songs.found', { count: shown.length })}
      </p>
      {picked.ids.size > 1 ? <PickedBar songs={shown} picked={picked} /> : null}
    </>
  );
}
