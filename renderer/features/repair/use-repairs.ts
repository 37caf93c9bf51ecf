import { useMemo } from 'react';
import type { Take } from '../../../main/contract/library.ts';
import type { TakeMusic } from '../../../main/contract/takes.ts';
import type { Library } from '../../state/library-state.ts';
import { useLibraryStore } from '../../state/use-library.tsx';
import { useTakeMusic } from '../takes/take-music.ts';
import { isNamed } from './match-notes.ts';
import { useRepair } from './repair-state.ts';
import { editOf, type Gesture } from './repairs.ts';

export interface Repairs {
  music: TakeMusic | null;
  mend: (gesture: Gesture) => void;
  undo: () => void;
  redo: () => void;
}

/** What was asked for last: each repair begins when the one before has been kept, and none is dropped. */
let last: Promise<void> = Promise.resolve();

function queue(work: () => Promise<void>): void {
  // What fails is told by the desk; the next repair goes on from what there is.
  last = last.then(work).catch(() => undefined);
}

/** Mends the chosen note of a take, one gesture after the other. */
export function useRepairs(take: Take): Repairs {
  const music = useTakeMusic(take);
  const library = useLibraryStore();
  const actions = useMemo(() => {
    const desk = library.getState().takeDesk;
    const now = () => takeNow(library, take);
    return {
      mend: (gesture: Gesture) => queue(() => mendChosen(library, now(), gesture)),
      undo: () => queue(() => desk.undoEdit(now())),
      redo: () => queue(() => desk.redoEdit(now())),
    };
  }, [library, take]);
  return { music, ...actions };
}

async function mendChosen(library: Library, take: Take, gesture: Gesture): Promise<void> {
  const desk = library.getState().takeDesk;
  const { selected, select } = useRepair.getState();
  const music = await desk.readMusic(take);
  const note = music.notes.find((each) => isNamed(each, selected));
  const wanted = note ? editOf(music, note, gesture) : null;
  if (wanted === null) return;
  await desk.edit(take, wanted.edit);
  const mended = await desk.readMusic(takeNow(library, take));
  // Where it was refused, the note is still what it was.
  if (wanted.after === null || mended.notes.some((each) => isNamed(each, wanted.after))) select(wanted.after);
}

/** The take as it is kept now; what a view holds may be a repair behind. */
function takeNow(library: Library, take: Take): Take {
  return library.getState().takes[take.songId]?.find(({ id }) => id === take.id) ?? take;
}
