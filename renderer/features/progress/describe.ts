import type { TFunction } from 'i18next';
import type { Job } from '../../../main/contract/jobs.ts';

/** Whole percent of the work, rounded down: 100 is only said when it is done. */
export function percentOf(job: Job): number {
  if (job.state === 'done') return 100;
  return Math.min(99, Math.floor((job.progress?.fraction ?? 0) * 100));
}

/** Time left in the coarse words that an estimate deserves; null where there is none. @param eta seconds */
export function describeEta(t: TFunction, eta: number | null): string | null {
  if (eta === null) return null;
  if (eta < 10) return t('progress.eta.seconds');
  if (eta < 50) return t('progress.eta.underMinute');
  return t('progress.eta.minutes', { count: Math.max(1, Math.round(eta / 60)) });
}

/** What the job is doing, in a few words: "Listening · 43 %". */
export function describeJob(t: TFunction, job: Job): string {
  if (job.state === 'queued') return t('progress.queued');
  if (job.state === 'failed') return t('progress.failed');
  if (job.state === 'cancelled') return t('progress.cancelled');
  if (job.progress === null) return t('progress.starting');
  return t('progress.line', {
    stage: t(`progress.stages.${job.progress.stage}`),
    percent: percentOf(job),
  });
}
