import type { MouseEvent, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../main/contract/jobs.ts';
import type { Song } from '../../../main/contract/library.ts';
import { pitchClassName, withSigns } from '../../../main/contract/pitch-names.ts';
import { JobLine } from '../progress/job-line.tsx';
import { formatDuration } from './duration.ts';

/** One song of the list. */
export function SongRow(props: {
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
  onClick: (event: MouseEvent<HTMLDivElement>) => void;
}) {
  const { song, job } = props;
  const { t } = useTranslation();
  const title = song.title || t('songs.untitled');
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it handles the keys of all rows
    // biome-ignore lint/a11y/useSemanticElements: a table cannot lay its rows out by position
    <div
      ref={props.ref}
      className="song-row"
      role="row"
      tabIndex={props.isStop ? 0 : -1}
      aria-rowindex={props.index + 1}
      aria-selected={props.isPicked}
      aria-current={props.isOpen ? 'page' : undefined}
      data-index={props.index}
      data-song={song.id}
      data-selected={props.isPicked || undefined}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={props.onClick}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row is what takes the focus */}
      <div role="gridcell">
        <span className="song-line">
          <span className="song-title">{title}</span>
          <span className="song-facts">{formatDuration(song.duration)}</span>
        </span>
        <span className="song-detail">
          <span className="song-artist">{song.artist || t('songs.unknownArtist')}</span>
          <SongFacts song={song} />
        </span>
        {job === null ? null : <JobLine job={job} title={title} />}
      </div>
    </div>
  );
}

/** Tempo and key, and how far the song has come. */
function SongFacts({ song }: { song: Song }) {
  const { t } = useTranslation();
  const facts = [
    song.bpm === null ? null : t('songs.bpm', { bpm: Math.round(song.bpm) }),
    song.key === null
      ? null
      : t(`songs.keyShort.${song.key.mode}`, { tonic: withSigns(pitchClassName(song.key.tonic, song.key)) }),
    song.takes > 0 ? t('songs.takes', { count: song.takes }) : null,
  ].filter((fact) => fact !== null);
  return (
    <span className="song-facts">
      {facts.join(' · ')}
      {song.edited ? (
        <span className="song-edited" role="img" aria-label={t('songs.edited')} title={t('songs.edited')} />
      ) : null}
    </span>
  );
}
