import type { KeyboardEvent } from 'react';
import { Button, GridList, GridListItem, useDragAndDrop } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../main/contract/jobs.ts';
import { CrossIcon } from '../../parts/icons.tsx';
import { DownIcon, GripIcon, UpIcon } from '../../parts/shell-icons.tsx';
import { useLibrary } from '../../state/use-library.tsx';
import { useShell } from '../../state/use-shell.tsx';
import { describeEta } from '../progress/describe.ts';
import { placeAfter, placeBefore, placeOfDrop } from './queue-order.ts';
import { SongName } from './song-name.tsx';
import { useSongTitle } from './use-song-title.ts';

/** Jobs shown; those behind come into sight as these are done. */
const SHOWN = 100;

/** The jobs that wait, in an order that can be changed by dragging, by buttons and by keyboard. */
export function WaitingJobs({ jobs, ends }: { jobs: readonly Job[]; ends: ReadonlyMap<string, number> }) {
  const { t } = useTranslation();
  const moveJob = useShell((shell) => shell.moveJob);
  const cancel = useLibrary((library) => library.cancel);
  const order = jobs.map(({ id }) => id);
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ 'text/plain': String(key) })),
    onReorder({ keys, target }) {
      const [moved] = [...keys].map(String);
      if (moved === undefined || target.dropPosition === 'on') return;
      void moveJob(moved, placeOfDrop(order, moved, String(target.key), target.dropPosition));
    },
  });

  /** Alt with an arrow moves the job in focus, Delete cancels it. */
  function press(event: KeyboardEvent<HTMLElement>): void {
    const row = event.target instanceof Element ? event.target.closest('[role=row]') : null;
    const id = row?.querySelector('[data-job]')?.getAttribute('data-job');
    if (!id) return;
    if (event.altKey && event.key === 'ArrowUp') move(id, placeBefore(order, id));
    else if (event.altKey && event.key === 'ArrowDown') move(id, placeAfter(order, id));
    else if (event.key === 'Delete' && !event.altKey) void cancel(id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function move(id: string, place: string | null | undefined): void {
    if (place !== undefined) void moveJob(id, place);
  }

  if (jobs.length === 0) return null;
  return (
    <section className="queue-part">
      <h2 className="queue-heading">{t('queue.waiting')}</h2>
      <div onKeyDownCapture={press}>
        <GridList
          className="queue-list"
          aria-label={t('queue.waiting')}
          items={jobs.slice(0, SHOWN)}
          dependencies={[ends, order.join()]}
          dragAndDropHooks={dragAndDropHooks}
        >
          {(job) => (
            <WaitingJob
              job={job}
              end={ends.get(job.id) ?? null}
              isFirst={job.id === order[0]}
              isLast={job.id === order.at(-1)}
              onEarlier={() => move(job.id, placeBefore(order, job.id))}
              onLater={() => move(job.id, placeAfter(order, job.id))}
            />
          )}
        </GridList>
      </div>
      {jobs.length > SHOWN ? (
        <p className="queue-more">{t('queue.more', { count: jobs.length - SHOWN })}</p>
      ) : null}
    </section>
  );
}

function WaitingJob(props: {
  job: Job;
  end: number | null;
  isFirst: boolean;
  isLast: boolean;
  onEarlier: () => void;
  onLater: () => void;
}) {
  const { job } = props;
  const { t } = useTranslation();
  const cancel = useLibrary((library) => library.cancel);
  const title = useSongTitle(job.songId);
  const eta = describeEta(t, props.end);
  return (
    <GridListItem id={job.id} className="queue-row" textValue={title}>
      <div className="queue-row-inside" data-job={job.id}>
        <Button slot="drag" className="icon-button queue-grip" aria-label={t('queue.drag', { title })}>
          <GripIcon />
        </Button>
        <SongName songId={job.songId} />
        <span className="queue-eta">{eta ?? t('progress.queued')}</span>
        <Button
          className="icon-button"
          aria-label={t('queue.earlier', { title })}
          isDisabled={props.isFirst}
          onPress={props.onEarlier}
        >
          <UpIcon />
        </Button>
        <Button
          className="icon-button"
          aria-label={t('queue.later', { title })}
          isDisabled={props.isLast}
          onPress={props.onLater}
        >
          <DownIcon />
        </Button>
        <Button
          className="icon-button"
          aria-label={t('progress.cancelOf', { title })}
          onPress={() => void cancel(job.id)}
        >
          <CrossIcon />
        </Button>
      </div>
    </GridListItem>
  );
}
