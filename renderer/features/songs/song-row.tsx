import { GridListItem } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../main/contract/jobs.ts';
import type { Song } from '../../../main/contract/library.ts';
import { jobToShow } from '../../state/song-jobs.ts';
import { JobLine } from '../progress/job-line.tsx';
import { formatDuration } from './duration.ts';

export function SongRow({ song, jobs }: { song: Song; jobs: readonly Job[] }) {
  const { t } = useTranslation();
  const title = song.title || t('songs.untitled');
  const job = jobToShow(jobs, song.id);
  return (
    <GridListItem className="song-row" id={song.id} textValue={title}>
      <span className="song-title">{title}</span>
      <span className="song-detail">
        <span className="song-artist">{song.artist || t('songs.unknownArtist')}</span>
        <span className="song-facts">
          {formatDuration(song.duration)}
          {song.takes > 0 ? ` · ${t('songs.takes', { count: song.takes })}` : ''}
        </span>
      </span>
      {job === null ? null : <JobLine job={job} title={title} />}
    </GridListItem>
  );
}
