import { memo } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../main/contract/jobs.ts';
import { ErrorText } from '../../parts/error-text.tsx';
import { RetryIcon } from '../../parts/icons.tsx';
import { useLibrary } from '../../state/use-library.tsx';
import { useShell } from '../../state/use-shell.tsx';
import { SongName } from './song-name.tsx';
import { useSongTitle } from './use-song-title.ts';

const SHOWN = 100;

/** What has ended, the last first; what failed says why, and can be tried again. */
export const EndedJobs = memo(function EndedJobs({ jobs }: { jobs: readonly Job[] }) {
  const { t } = useTranslation();
  const clearEnded = useShell((shell) => shell.clearEnded);
  if (jobs.length === 0) return null;
  const newest = jobs.toSorted((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0)).slice(0, SHOWN);
  return (
    <section className="queue-part">
      <div className="queue-part-head">
        <h2 className="queue-heading">{t('queue.ended')}</h2>
        <Button className="button quiet" onPress={() => void clearEnded()}>
          {t('queue.clear')}
        </Button>
      </div>
      <ul className="queue-list" aria-label={t('queue.ended')}>
        {newest.map((job) => (
          <EndedJob key={job.id} job={job} />
        ))}
      </ul>
      {jobs.length > SHOWN ? (
        <p className="queue-more">{t('queue.more', { count: jobs.length - SHOWN })}</p>
      ) : null}
    </section>
  );
});

function EndedJob({ job }: { job: Job }) {
  const { t } = useTranslation();
  const retry = useLibrary((library) => library.retry);
  const title = useSongTitle(job.songId);
  const state = job.state as 'done' | 'failed' | 'cancelled';
  return (
    <li className="queue-row" data-state={state}>
      <div className="queue-row-inside">
        <SongName songId={job.songId} />
        <span className="queue-state">{t(`queue.states.${state}`)}</span>
        {state === 'done' ? null : (
          <Button
            className="icon-button"
            aria-label={t('progress.retryOf', { title })}
            onPress={() => void retry(job.id)}
          >
            <RetryIcon />
          </Button>
        )}
      </div>
      {job.error !== null && state === 'failed' ? <ErrorText error={job.error} /> : null}
    </li>
  );
}
