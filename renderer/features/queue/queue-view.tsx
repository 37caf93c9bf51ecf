import { useMemo } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../main/contract/jobs.ts';
import { PauseIcon, PlayIcon } from '../../parts/icons.tsx';
import { isActive } from '../../state/song-jobs.ts';
import { useLibrary } from '../../state/use-library.tsx';
import { useShell } from '../../state/use-shell.tsx';
import { describeEta } from '../progress/describe.ts';
import { AskLeave } from './ask-leave.tsx';
import { EndedJobs } from './ended-jobs.tsx';
import { estimateEnds } from './estimate.ts';
import { RunningJob } from './running-job.tsx';
import { WaitingJobs } from './waiting-jobs.tsx';

/** All work: what runs, what waits and in which order, and what has ended. */
export function QueueView() {
  const { t } = useTranslation();
  const jobs = useLibrary((library) => library.jobs);
  const songs = useLibrary((library) => library.songs);
  const paused = useShell((shell) => shell.paused);
  const setPaused = useShell((shell) => shell.setPaused);
  const cancelWaiting = useShell((shell) => shell.cancelWaiting);
  const running = jobs.filter(({ state }) => state === 'running');
  const waiting = useSame(jobs.filter(({ state }) => state === 'queued'));
  const ended = useSame(jobs.filter((job) => !isActive(job)));
  const ends = estimateEnds(jobs, songs, Date.now());
  const last = [...running, ...waiting].at(-1);
  const left = last === undefined ? null : describeEta(t, ends.get(last.id) ?? null);
  return (
    <section className="queue-view" aria-label={t('queue.title')}>
      <div className="toolbar">
        <h1 className="place-title">{t('queue.title')}</h1>
        <p className="queue-summary" role="status">
          {summary()}
        </p>
        <span className="toolbar-space" />
        <Button className="button" onPress={() => void setPaused(!paused)}>
          {paused ? <PlayIcon /> : <PauseIcon />}
          {paused ? t('queue.resume') : t('queue.pause')}
        </Button>
        <Button className="button" isDisabled={waiting.length === 0} onPress={() => void cancelWaiting()}>
          {t('queue.cancelWaiting')}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <section className="queue-page" tabIndex={0} aria-label={t('queue.contents')}>
        <div className="queue-column">
          {paused ? (
            <p className="queue-paused">{t('queue.pausedText')}</p>
          ) : (
            <AskLeave busy={last !== undefined} />
          )}
          {running.map((job) => (
            <RunningJob key={job.id} job={job} />
          ))}
          <WaitingJobs jobs={waiting} ends={ends} />
          <EndedJobs jobs={ended} />
          {jobs.length === 0 ? <p className="queue-empty">{t('queue.empty')}</p> : null}
        </div>
      </section>
    </section>
  );

  function summary(): string {
    if (last === undefined) return '';
    const count = running.length + waiting.length;
    if (left === null || paused) return t('queue.left', { count });
    return t('queue.leftWithTime', { count, time: left });
  }
}

/** The list of before where it holds the same jobs: progress of one must not draw the others anew. */
function useSame(jobs: readonly Job[]): readonly Job[] {
  const key = jobs.map(({ id, state, attempts }) => `${id} ${state} ${attempts}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that is shown of these jobs
  return useMemo(() => jobs, [key]);
}
