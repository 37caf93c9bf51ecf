import { Button, ProgressBar } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../main/contract/jobs.ts';
import { stages } from '../../../main/contract/jobs.ts';
import { useLibrary } from '../../state/use-library.tsx';
import { describeEta, percentOf } from '../progress/describe.ts';
import { SongName } from './song-name.tsx';
import { useSongTitle } from './use-song-title.ts';

/** The job that runs: its stages, how far it is and how long it still takes. */
export function RunningJob({ job }: { job: Job }) {
  const { t } = useTranslation();
  const cancel = useLibrary((library) => library.cancel);
  const title = useSongTitle(job.songId);
  const stage = job.progress?.stage ?? null;
  return (
    <article className="queue-now" aria-label={title} data-job={job.id}>
      <header className="queue-now-head">
        <SongName songId={job.songId} />
        <Button
          className="button small"
          aria-label={t('progress.cancelOf', { title })}
          onPress={() => void cancel(job.id)}
        >
          {t('progress.cancel')}
        </Button>
      </header>
      <p className="queue-now-line">
        <span className="queue-stage">
          {stage === null
            ? t('progress.starting')
            : t('queue.stage', {
                stage: t(`progress.stages.${stage}`),
                number: stages.indexOf(stage) + 1,
                of: stages.length,
              })}
        </span>
        <span className="queue-percent">{t('queue.percent', { percent: percentOf(job) })}</span>
        <span className="queue-eta">{describeEta(t, job.eta) ?? t('queue.etaUnknown')}</span>
      </p>
      <ProgressBar className="thin-bar" aria-label={t('progress.label', { title })} value={percentOf(job)}>
        <span className="thin-bar-fill" style={{ inlineSize: `${percentOf(job)}%` }} />
      </ProgressBar>
    </article>
  );
}
