import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { type Job, stages } from '../../../main/contract/jobs.ts';
import { ErrorText } from '../../parts/error-text.tsx';
import { CheckIcon } from '../../parts/icons.tsx';
import { isActive } from '../../state/song-jobs.ts';
import { useLibrary } from '../../state/use-library.tsx';
import { describeEta, percentOf } from './describe.ts';

/** The empty page of a song that is being worked on: every stage by name, and how far the work is. */
export function JobSheet({ job }: { job: Job }) {
  const { t } = useTranslation();
  const cancel = useLibrary((library) => library.cancel);
  const retry = useLibrary((library) => library.retry);
  if (!isActive(job)) {
    return (
      <div className="job-sheet" data-state={job.state}>
        {job.error !== null ? <ErrorText error={job.error} /> : <ErrorTextOfCancelled />}
        <Button className="button" onPress={() => void retry(job.id)}>
          {t('progress.retry')}
        </Button>
      </div>
    );
  }
  const current = job.progress === null ? -1 : stages.indexOf(job.progress.stage);
  return (
    <div className="job-sheet" data-state={job.state}>
      <p className="job-percent">
        {percentOf(job)}
        <span className="job-percent-sign"> %</span>
      </p>
      <p className="job-eta">
        {job.state === 'queued' ? t('progress.queued') : (describeEta(t, job.eta) ?? '\u00a0')}
      </p>
      <ol className="stage-list">
        {stages.map((stage, index) => {
          const state = index < current ? 'done' : index === current ? 'now' : 'next';
          return (
            <li key={stage} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
              <span className="stage-mark">{state === 'done' ? <CheckIcon /> : null}</span>
              {t(`progress.stages.${stage}`)}
              <span className="visually-hidden">{t(stageWords[state])}</span>
            </li>
          );
        })}
      </ol>
      <Button className="button" onPress={() => void cancel(job.id)}>
        {t('progress.cancel')}
      </Button>
    </div>
  );
}

const stageWords = {
  done: 'progress.stageDone',
  now: 'progress.stageNow',
  next: 'progress.stageNext',
} as const;

function ErrorTextOfCancelled() {
  const { t } = useTranslation();
  return (
    <div className="error-text">
      <p className="error-message">{t('progress.cancelledTitle')}</p>
      <p className="error-hint">{t('progress.cancelledText')}</p>
    </div>
  );
}
