import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../main/contract/jobs.ts';
import type { Song } from '../../../main/contract/library.ts';
import { useLibrary } from '../../state/use-library.tsx';
import { readingSize } from '../score/reading-size.ts';
import { ColumnHeads } from './column-heads.tsx';
import { useListState } from './list-state.ts';
import { SongRow } from './song-row.tsx';
import type { Picked, Widening } from './use-picked.ts';

/** Pixels of a row without and with its job, at the usual size; rows are measured once they are drawn. */
const ROW = 56;
const ROW_WITH_JOB = 92;
const PAGE = 10;

/** A list of thousands of songs, of which only what is in sight is drawn. One stop of the Tab key; arrows walk in it. */
export function SongGrid(props: {
  songs: readonly Song[];
  jobs: ReadonlyMap<string, Job>;
  picked: Picked;
  /** A table with a column for each fact; a song is opened by a double click or Enter. */
  wide: boolean;
}) {
  const { songs, jobs, picked, wide } = props;
  const { t } = useTranslation();
  const opened = useLibrary((library) => library.selectedSong);
  const selectSong = useLibrary((library) => library.selectSong);
  const { order, descending, orderBy, setWide } = useListState();
  const frame = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string | null>(null);
  const [seen, setSeen] = useState(opened);
  // Opened from elsewhere, a song is where the arrows go on from.
  if (opened !== seen) {
    setSeen(opened);
    setActive(null);
  }
  // Set where a row is to take the focus as soon as it is drawn.
  const [wanted, setWanted] = useState<string | null>(null);
  const current = Math.max(
    0,
    songs.findIndex(({ id }) => id === (active ?? opened)),
  );
  const size = readingSize();
  const rows = useVirtualizer({
    count: songs.length,
    getScrollElement: () => frame.current,
    estimateSize: (i) => size * (jobs.has(songs[i].id) && !wide ? ROW_WITH_JOB : ROW),
    getItemKey: (i) => songs[i].id,
    overscan: 6,
    // The row that has the focus must not leave the page.
    rangeExtractor: (range) => [...new Set([current, ...defaultRangeExtractor(range)])].sort((a, b) => a - b),
  });

  useEffect(() => {
    if (wanted === null) return;
    const row = frame.current?.querySelector<HTMLElement>(`[data-song="${wanted}"]`);
    if (!row) return;
    row.focus({ preventScroll: true });
    setWanted(null);
  });

  function go(index: number, widening: Widening): void {
    const song = songs[Math.min(songs.length - 1, Math.max(0, index))];
    if (!song) return;
    setActive(song.id);
    setWanted(song.id);
    rows.scrollToIndex(songs.indexOf(song));
    if (picked.pick(song, widening) && !wide) void selectSong(song.id);
  }

  function open(song: Song): void {
    if (!wide) return;
    setWide(false);
    void selectSong(song.id);
  }

  function handleKey(event: KeyboardEvent<HTMLDivElement>): void {
    // Buttons inside a row have keys of their own.
    if (!(event.target instanceof HTMLElement) || event.target.dataset.song === undefined) return;
    const steps: Record<string, number> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + PAGE,
      PageUp: current - PAGE,
      Home: 0,
      End: songs.length - 1,
    };
    const to = steps[event.key];
    if (to !== undefined) {
      event.preventDefault();
      go(to, { shiftKey: event.shiftKey, ctrlKey: false, metaKey: false });
    } else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      picked.pickAll();
    } else if (event.key === ' ') {
      event.preventDefault();
      go(current, { shiftKey: false, ctrlKey: true, metaKey: false });
    } else if (event.key === 'Enter' && songs[current]) {
      open(songs[current]);
    } else if (event.key === 'Escape') {
      picked.clear();
    }
  }

  function press(event: MouseEvent<HTMLDivElement>, index: number): void {
    // Portals bubble through here: a menu's items are not the row.
    if (!(event.target instanceof Element) || !event.currentTarget.contains(event.target)) return;
    if (event.target.closest('button')) return;
    go(index, event);
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot lay its rows out by position
    <div
      ref={frame}
      className="song-list"
      role="grid"
      tabIndex={-1}
      aria-label={t('songs.list')}
      aria-rowcount={songs.length + (wide ? 1 : 0)}
      data-wide={wide || undefined}
      aria-multiselectable="true"
      onKeyDown={handleKey}
    >
      {wide ? <ColumnHeads order={order} descending={descending} onOrder={orderBy} /> : null}
      <div className="song-rows" role="presentation" style={{ blockSize: `${rows.getTotalSize()}px` }}>
        {rows.getVirtualItems().map(({ index, key, start }) => (
          <SongRow
            key={key}
            ref={rows.measureElement}
            song={songs[index]}
            job={jobs.get(songs[index].id) ?? null}
            index={index}
            top={start}
            isOpen={songs[index].id === opened}
            isPicked={picked.ids.has(songs[index].id)}
            isStop={index === current}
            wide={wide}
            onClick={(event) => press(event, index)}
            onOpen={() => open(songs[index])}
          />
        ))}
      </div>
    </div>
  );
}
