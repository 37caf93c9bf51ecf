import { Button, ProgressBar } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../main/contract/jobs.ts';
import { CrossIcon, RetryIcon } from '../../parts/icons.tsx';
import { isActive } from '../../state/song-jobs.ts';
import { useLibrary } from '../../state/use-library.tsx';
import { describeEta, describeJob, percentOf } from './describe.ts';

/** A song's job in its row: stage, percentage, time left, and the button to stop or repeat it. */
export function JobLine({ job, title }: { job: Job; title: string }) {
  const { t } = useTranslation();
  const cancel = useLibrary((library) => library.cancel);
  const retry = useLibrary((library) => library.retry);
  const active = isActive(job);
  const eta = describeEta(t, job.eta);
  return (
    <div className="job-line" data-state={job.state}>
      <div className="job-line-text">
        <span className="job-stage">{describeJob(t, job)}</span>
        {job.state === 'running' && eta !== null ? <span className="job-eta">{eta}</span> : null}
      </div>
      {active ? (
        <Button
          className="icon-button"
          aria-label={t('progress.cancelOf', { title })}
          onPress={() => void cancel(job.id)}
        >
          <CrossIcon />
        </Button>
      ) : (
        <Button
          className="icon-button"
          aria-label={t('progress.retryOf', { title })}
          onPress={() => void retry(job.id)}
        >
          <RetryIcon />
        </Button>
      )}
      {active ? (
        <ProgressBar className="thin-bar" aria-label={t('progress.label', { title })} value={percentOf(job)}>
          <span className="thin-bar-fill" style={{ inlineSize: `${percentOf(job)}%` }} />
        </ProgressBar>
      ) : null}
    </div>
  );
}
