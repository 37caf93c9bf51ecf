import { type MouseEvent, type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../main/contract/jobs.ts';
import type { Song } from '../../../main/contract/library.ts';
import { pitchClassName, withSigns } from '../../../main/contract/pitch-names.ts';
import { JobLine } from '../progress/job-line.tsx';
import { formatDuration } from './duration.ts';
import { stateOf } from './list-order.ts';
import { SongCover } from './song-cover.tsx';
import { SongMenu } from './song-menu.tsx';

interface RowProps {
  ref: Ref<HTMLDivElement>;
  song: Song;
  job: Job | null;
  /** Among the songs that are shown. */
  index: number;
  /** Pixels from the top of the list. */
  top: number;
  isOpen: boolean;
  isPicked: boolean;
  /** Whether the Tab key stops here. */
  isStop: boolean;
  /** A row of the table instead of one of the list. */
  wide: boolean;
  onClick: (event: MouseEvent<HTMLDivElement>) => void;
  onOpen: () => void;
}

/** One song of the list. */
export function SongRow(props: RowProps) {
  const { song, job, wide } = props;
  const { t } = useTranslation();
  const [menuOpen, setMenuOpen] = useState(false);
  const title = song.title || t('songs.untitled');
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it handles the keys of all rows
    // biome-ignore lint/a11y/useSemanticElements: a table cannot lay its rows out by position
    <div
      ref={props.ref}
      className="song-row"
      role="row"
      tabIndex={props.isStop ? 0 : -1}
      aria-rowindex={props.index + (wide ? 2 : 1)}
      aria-selected={props.isPicked}
      aria-current={props.isOpen ? 'page' : undefined}
      data-index={props.index}
      data-song={song.id}
      data-selected={props.isPicked || undefined}
      data-missing={song.missing}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={props.onClick}
      onDoubleClick={props.onOpen}
      onContextMenu={(event) => {
        event.preventDefault();
        setMenuOpen(true);
      }}
    >
      {wide ? (
        <WideCells song={song} job={job} title={title} />
      ) : (
        <NarrowCell song={song} job={job} title={title} />
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its button takes the focus */}
      <div role="gridcell" className="song-more">
        <SongMenu song={song} isOpen={menuOpen} onOpenChange={setMenuOpen} />
      </div>
    </div>
  );
}

interface CellProps {
  song: Song;
  job: Job | null;
  title: string;
}

/** All of a song in two lines beside its cover. */
function NarrowCell({ song, job, title }: CellProps) {
  const { t } = useTranslation();
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row is what takes the focus */}
      <div role="gridcell" className="song-cell">
        <SongCover song={song} />
        {song.takes > 0 ? (
          <span className="song-takes" title={t('songs.takes', { count: song.takes })}>
            <span aria-hidden="true">{song.takes}</span>
            <span className="visually-hidden">{t('songs.takes', { count: song.takes })}</span>
          </span>
        ) : null}
        <span className="song-lines">
          <span className="song-line">
            <span className="song-title">{title}</span>
            <span className="song-facts">{formatDuration(song.duration)}</span>
          </span>
          <span className="song-detail">
            <span className="song-artist">{song.artist || t('songs.unknownArtist')}</span>
            <SongFacts song={song} />
          </span>
          {job === null ? null : <JobLine job={job} title={title} />}
        </span>
      </div>
    </>
  );
}

/** A column each. */
function WideCells({ song, job, title }: CellProps) {
  const { t } = useTranslation();
  const cells = [
    { key: 'cover', content: <SongCover song={song} /> },
    { key: 'title', content: <span className="song-title">{title}</span> },
    {
      key: 'artist',
      content: <span className="song-artist">{song.artist || t('songs.unknownArtist')}</span>,
    },
    { key: 'duration', content: formatDuration(song.duration) },
    { key: 'tempo', content: song.bpm === null ? '' : Math.round(song.bpm) },
    { key: 'key', content: useKeyText(song) ?? '' },
    { key: 'state', content: <SongStateText song={song} job={job} title={title} /> },
  ];
  return (
    <>
      {cells.map(({ key, content }) => (
        // biome-ignore lint/a11y/useSemanticElements: as above
        // biome-ignore lint/a11y/useFocusableInteractive: the row is what takes the focus
        <div key={key} role="gridcell" className={`song-column ${key}`}>
          {content}
        </div>
      ))}
    </>
  );
}

/** How far a song has come, in a word; more where it is being worked on. */
function SongStateText({ song, job, title }: CellProps) {
  const { t } = useTranslation();
  const state = stateOf(song, job);
  if (job !== null && (state === 'working' || state === 'failed')) return <JobLine job={job} title={title} />;
  return (
    <span className="song-state" data-state={state}>
      {state === 'arranged' ? t('songs.takes', { count: song.takes }) : t(`songs.states.${state}`)}
      <EditedMark song={song} />
    </span>
  );
}

/** Tempo and key, or that its recording is missing. */
function SongFacts({ song }: { song: Song }) {
  const { t } = useTranslation();
  const key = useKeyText(song);
  if (song.missing)
    return (
      <span className="song-facts song-state" data-state="missing">
        {t('songs.states.missing')}
      </span>
    );
  const facts = [song.bpm === null ? null : t('songs.bpm', { bpm: Math.round(song.bpm) }), key].filter(
    (fact) => fact !== null,
  );
  return (
    <span className="song-facts">
      {facts.join(' · ')}
      <EditedMark song={song} />
    </span>
  );
}

function EditedMark({ song }: { song: Song }) {
  const { t } = useTranslation();
  if (!song.edited) return null;
  return <span className="song-edited" role="img" aria-label={t('songs.edited')} title={t('songs.edited')} />;
}

function useKeyText({ key }: Song): string | null {
  const { t } = useTranslation();
  if (key === null) return null;
  return t(`songs.keyShort.${key.mode}`, { tonic: withSigns(pitchClassName(key.tonic, key)) });
}
