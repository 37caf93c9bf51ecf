import type { Take } from '../../../main/contract/library.ts';
import type { NoteName } from '../../../main/contract/takes.ts';
import type { TakeDesk } from '../../state/take-desk.ts';
import { isNamed, isSameName } from './match-notes.ts';
import { editOf, type Gesture } from './repairs.ts';

/** A gesture that waits; its note is null once that is gone. */
interface Mending {
  takeId: string;
  note: NoteName | null;
  gesture: Gesture;
}

/** What mends takes, and the choice that follows the notes. */
export interface MendTools {
  desk: Pick<TakeDesk, 'edit' | 'readMusic'>;
  /** The take as it is kept now; what a view holds may be a repair behind. */
  takeNow(): Take;
  /** Tells that a note has another name now; null: that it is gone. */
  renamed(takeId: string, before: NoteName, after: NoteName | null): void;
}

/** Repairs one after the other: each begins when the one before has been kept, and none is dropped. */
export class MendQueue {
  readonly #waiting = new Set<Mending>();
  #last: Promise<void> = Promise.resolve();

  /** Does some other work on a take in its turn. */
  add(work: () => Promise<void>): Promise<void> {
    // What fails is told by the desk; the next repair goes on from what there is.
    this.#last = this.#last.then(work).catch(() => undefined);
    return this.#last;
  }

  /** Mends the note that has this name now, whatever it will be called when its turn comes. */
  mend(tools: MendTools, takeId: string, note: NoteName, gesture: Gesture): Promise<void> {
    const mending: Mending = { takeId, note, gesture };
    this.#waiting.add(mending);
    return this.add(async () => {
      this.#waiting.delete(mending);
      await this.#apply(tools, mending);
    });
  }

  async #apply(tools: MendTools, { takeId, note, gesture }: Mending): Promise<void> {
    const { desk, takeNow } = tools;
    const music = await desk.readMusic(takeNow());
    const found = music.notes.find((each) => isNamed(each, note));
    const wanted = found ? editOf(music, found, gesture) : null;
    if (note === null || wanted === null) return;
    await desk.edit(takeNow(), wanted.edit);
    const { after } = wanted;
    const mended = await desk.readMusic(takeNow());
    // Where it was refused, the note is still what it was.
    if (after === null ? hasNote(mended.notes, note) : !hasNote(mended.notes, after)) return;
    for (const waiting of this.#waiting) {
      if (waiting.takeId === takeId && isSameName(waiting.note, note)) waiting.note = after;
    }
    tools.renamed(takeId, note, after);
  }
}

function hasNote(notes: Parameters<typeof isNamed>[0][], name: NoteName): boolean {
  return notes.some((each) => isNamed(each, name));
}
