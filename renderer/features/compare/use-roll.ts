import { useEffect, useState } from 'react';
import type { Take } from '../../../main/contract/library.ts';
import { MOST_COMPARED } from '../../../main/contract/takes.ts';
import { isActive } from '../../state/song-jobs.ts';
import { useLibrary } from '../../state/use-library.tsx';
import { comparingOf, useCompare } from './compare-state.ts';

interface Rolling {
  jobId: string;
  from: Take;
  bars: readonly number[];
}

/**
 * Writes bars of a take again. What comes of it is compared too, at the take's side, or in its place where no more can be
 * compared, and its new bars are chosen.
 */
export function useRoll(
  songId: string,
  takes: readonly Take[],
): { rolling: boolean; roll: (take: Take, bars: readonly number[]) => void } {
  const desk = useLibrary((library) => library.takeDesk);
  const jobs = useLibrary((library) => library.jobs);
  const open = useCompare((state) => state.open);
  const choose = useCompare((state) => state.choose);
  const mark = useCompare((state) => state.mark);
  const [rolling, setRolling] = useState<Rolling | null>(null);
  const job = jobs.find(({ id }) => id === rolling?.jobId);

  useEffect(() => {
    if (rolling === null || job === undefined || isActive(job)) return;
    if (job.state !== 'done') {
      setRolling(null);
      return;
    }
    const { from, bars } = rolling;
    const made = takes.findLast(
      ({ origin }) =>
        origin?.kind === 'roll' && origin.takeId === from.id && origin.bars.join() === bars.join(),
    );
    // Its list comes a moment after the job has ended.
    if (made === undefined || made.createdAt < (job.startedAt ?? 0)) return;
    setRolling(null);
    const { takeIds } = comparingOf(useCompare.getState().bySong, songId);
    const at = takeIds.indexOf(from.id) + 1;
    const full = takeIds.length >= MOST_COMPARED;
    open(songId, takeIds.toSpliced(full ? at - 1 : at, full ? 1 : 0, made.id));
    const [first, last] = [bars[0]!, bars.at(-1)!];
    choose(songId, made.id, first, last);
    mark(songId, { takeId: made.id, anchor: first, bar: last });
  }, [rolling, job, takes, songId, open, choose, mark]);

  return {
    rolling: rolling !== null,
    roll: (take, bars) =>
      void desk.roll(take, bars, 1).then(([asked]) => {
        if (asked) setRolling({ jobId: asked.id, from: take, bars });
      }),
  };
}
