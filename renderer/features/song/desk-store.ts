import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Corrected, Correction } from '../../../main/contract/corrections.ts';
import { type ErrorReport, toErrorReport } from '../../../main/contract/errors.ts';
import type { Transport } from '../../transport/transport.ts';
import type { Item, Lane } from './timeline-model.ts';

/** What is chosen on the timeline: an item of a lane. */
export interface Selection {
  lane: Lane;
  index: number;
}

export interface DeskState {
  /** Null until it has been read, and where the song has not been analysed. */
  corrected: Corrected | null;
  status: 'reading' | 'ready' | 'missing' | 'failed';
  failure: ErrorReport | null;
  /** Pairs of bytes, see `songs.waveform`; null until it is there, or where the recording is gone. */
  wave: Uint8Array | null;
  /** True while a correction is made. */
  working: boolean;
  /** Why the last correction was not made. */
  refusal: ErrorReport | null;
  selection: Selection | null;
  /** Reads what the song is now. */
  read(): Promise<void>;
  /** Makes a correction; one that is refused is told in `refusal`. */
  correct(correction: Correction): Promise<void>;
  undo(): Promise<void>;
  redo(): Promise<void>;
  select(item: Pick<Item, 'lane' | 'index'> | null): void;
}
export type Desk = StoreApi<DeskState>;

/** The state of one song's timeline. */
export function createDesk(transport: Transport, songId: string): Desk {
  return createStore<DeskState>()((set, get) => {
    /** Runs one change after the other is done; what is asked for meanwhile would aim at what is no longer there. */
    async function change(work: () => Promise<Corrected>): Promise<void> {
      if (get().working) return;
      set({ working: true, refusal: null });
      try {
        const before = get().corrected;
        const corrected = await work();
        set({ corrected, selection: follow(before, corrected, get().selection) });
      } catch (error) {
        set({ refusal: toErrorReport(error) });
      }
      set({ working: false });
    }

    async function readWave(): Promise<void> {
      try {
        const { base64 } = await transport.call('songs.waveform', { songId });
        set({ wave: Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)) });
      } catch {
        // Without the recording there is nothing to draw; the timeline itself does without.
        set({ wave: null });
      }
    }

    return {
      corrected: null,
      status: 'reading',
      failure: null,
      wave: null,
      working: false,
      refusal: null,
      selection: null,

      async read() {
        try {
          const corrected = await transport.call('corrections.get', { songId });
          set({ corrected, status: corrected === null ? 'missing' : 'ready', failure: null });
        } catch (error) {
          set({ status: 'failed', failure: toErrorReport(error) });
          return;
        }
        if (get().wave === null) await readWave();
      },
      correct: (correction) => change(() => transport.call('corrections.make', { songId, correction })),
      undo: () =>
        get().corrected?.undo
          ? change(() => transport.call('corrections.undo', { songId }))
          : Promise.resolve(),
      redo: () =>
        get().corrected?.redo
          ? change(() => transport.call('corrections.redo', { songId }))
          : Promise.resolve(),
      select: (item) => set({ selection: item && { lane: item.lane, index: item.index }, refusal: null }),
    };
  });
}

const listOf = {
  section: 'sections',
  beat: 'beats',
  chord: 'chords',
  key: 'keys',
  note: 'melody',
} as const satisfies Record<Lane, keyof Corrected['analysis']>;

/** After a change the choice stays with what lies where the chosen lay. */
function follow(before: Corrected | null, after: Corrected, selection: Selection | null): Selection | null {
  if (!before || !selection) return selection;
  const { lane } = selection;
  const list = after.analysis[listOf[lane]];
  if (lane === 'beat') {
    const old = before.analysis.beats[selection.index];
    if (!old) return null;
    const index = after.analysis.beats.findLastIndex(({ time }) => time <= old.time + 0.05);
    return { lane, index: Math.max(0, index) };
  }
  const [from, to] = [before, after].map(({ analysis }) => analysis[listOf[lane]] as { start: number }[]);
  const start = from[selection.index]?.start;
  if (start === undefined || list.length === 0) return null;
  // The beats may have changed in number; then ticks say nothing any more.
  if (before.analysis.beats.length !== after.analysis.beats.length) return null;
  // None came and none went: one was moved or renamed.
  if (from.length === to.length) return selection;
  return {
    lane,
    index: Math.max(
      0,
      to.findLastIndex((each) => each.start <= start),
    ),
  };
}
