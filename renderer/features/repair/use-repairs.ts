import { useCallback, useRef } from 'react';
import type { Take } from '../../../main/contract/library.ts';
import type { TakeMusic } from '../../../main/contract/takes.ts';
import { useLibrary } from '../../state/use-library.tsx';
import { useTakeMusic } from '../takes/take-music.ts';
import { isNamed } from './match-notes.ts';
import { useRepair } from './repair-state.ts';
import { editOf, type Gesture } from './repairs.ts';

export interface Repairs {
  music: TakeMusic | null;
  mend: (gesture: Gesture) => void;
  undo: () => Promise<void>;
  redo: () => Promise<void>;
}

/** Mends the chosen note of a take, one gesture after the other. */
export function useRepairs(take: Take): Repairs {
  const music = useTakeMusic(take);
  const desk = useLibrary((library) => library.takeDesk);
  const select = useRepair((state) => state.select);
  const busy = useRef(false);
  /** What is asked for while a gesture is on its way would aim at what is no longer there. */
  const change = useCallback(async (work: () => Promise<void>) => {
    if (busy.current) return;
    busy.current = true;
    await work();
    busy.current = false;
  }, []);
  const mend = useCallback(
    (gesture: Gesture) => {
      const { selected } = useRepair.getState();
      const note = music?.notes.find((each) => isNamed(each, selected));
      const wanted = music && note ? editOf(music, note, gesture) : null;
      if (wanted === null) return;
      void change(async () => {
        await desk.edit(take, wanted.edit);
        select(wanted.after);
      });
    },
    [music, desk, take, select, change],
  );
  const undo = useCallback(() => change(() => desk.undoEdit(take)), [change, desk, take]);
  const redo = useCallback(() => change(() => desk.redoEdit(take)), [change, desk, take]);
  return { music, mend, undo, redo };
}
