import { useMemo } from 'react';
import type { Take } from '../../../main/contract/library.ts';
import type { TakeMusic } from '../../../main/contract/takes.ts';
import type { Library } from '../../state/library-state.ts';
import { useLibraryStore } from '../../state/use-library.tsx';
import { useTakeMusic } from '../takes/take-music.ts';
import { MendQueue } from './mend-queue.ts';
import { chosenNote, useRepair } from './repair-state.ts';
import type { Gesture } from './repairs.ts';

export interface Repairs {
  music: TakeMusic | null;
  mend: (gesture: Gesture) => void;
  undo: () => void;
  redo: () => void;
}

/** Of the whole window: takes of a song are kept one change after the other. */
const queue = new MendQueue();

/** Mends the chosen note of a take, one gesture after the other. */
export function useRepairs(take: Take): Repairs {
  const music = useTakeMusic(take);
  const library = useLibraryStore();
  const actions = useMemo(() => {
    const desk = library.getState().takeDesk;
    const now = () => takeNow(library, take);
    return {
      mend(gesture: Gesture) {
        const repair = useRepair.getState();
        const note = chosenNote(repair, take.id);
        if (note !== null)
          void queue.mend({ desk, takeNow: now, renamed: repair.rename }, take.id, note, gesture);
      },
      undo: () => void queue.add(() => desk.undoEdit(now())),
      redo: () => void queue.add(() => desk.redoEdit(now())),
    };
  }, [library, take]);
  return { music, ...actions };
}

/** The take as it is kept now; what a view holds may be a repair behind. */
function takeNow(library: Library, take: Take): Take {
  return library.getState().takes[take.songId]?.find(({ id }) => id === take.id) ?? take;
}
