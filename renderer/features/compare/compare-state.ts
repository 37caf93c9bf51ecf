import { create } from 'zustand';
import { MOST_COMPARED, type TakePick } from '../../../main/contract/takes.ts';

export const layouts = ['under', 'beside'] as const;
export type CompareLayout = (typeof layouts)[number];

/** Bars of one of the compared takes that a person has marked. */
export interface Marked {
  takeId: string;
  /** Where marking began, and where it is now. */
  anchor: number;
  bar: number;
}

/** What is compared of one song. */
export interface Comparing {
  /** In the order in which they are shown. */
  takeIds: readonly string[];
  /** The take of each bar that was chosen; the first take's where none was. */
  choices: Readonly<Record<number, string>>;
  /** Choices before the last changes, the latest last. */
  past: readonly Readonly<Record<number, string>>[];
  marked: Marked | null;
  /** Whether the chosen passages sound rather than a take. */
  hearComp: boolean;
}

interface CompareState {
  layout: CompareLayout;
  bySong: Readonly<Record<string, Comparing>>;
  setLayout: (layout: CompareLayout) => void;
  /** Compares these takes from now on. Choices of bars stay where their takes do. */
  open: (songId: string, takeIds: readonly string[]) => void;
  mark: (songId: string, marked: Marked | null) => void;
  /** Chooses bars of a take. */
  choose: (songId: string, takeId: string, first: number, last: number) => void;
  undo: (songId: string) => void;
  hear: (songId: string, hearComp: boolean) => void;
}

const MOST_PAST = 200;
const nothing: Comparing = { takeIds: [], choices: {}, past: [], marked: null, hearComp: false };

/** What is compared in each song; kept while the window is open. */
export const useCompare = create<CompareState>()((set, get) => {
  const change = (songId: string, changed: Partial<Comparing>) =>
    set({ bySong: { ...get().bySong, [songId]: { ...comparingOf(get().bySong, songId), ...changed } } });
  return {
    layout: 'under',
    bySong: {},
    setLayout: (layout) => set({ layout }),
    open(songId, wanted) {
      const takeIds = [...new Set(wanted)].slice(0, MOST_COMPARED);
      const { choices, marked } = comparingOf(get().bySong, songId);
      const kept = Object.entries(choices).filter(([, id]) => takeIds.includes(id));
      change(songId, {
        takeIds,
        choices: Object.fromEntries(kept),
        past: [],
        marked: marked && takeIds.includes(marked.takeId) ? marked : null,
        hearComp: false,
      });
    },
    mark: (songId, marked) => change(songId, { marked }),
    choose(songId, takeId, first, last) {
      const { choices, past } = comparingOf(get().bySong, songId);
      const chosen = { ...choices };
      for (let bar = first; bar <= last; bar++) chosen[bar] = takeId;
      change(songId, { choices: chosen, past: [...past.slice(-MOST_PAST), choices] });
    },
    undo(songId) {
      const { past } = comparingOf(get().bySong, songId);
      const before = past.at(-1);
      if (before !== undefined) change(songId, { choices: before, past: past.slice(0, -1) });
    },
    hear: (songId, hearComp) => change(songId, { hearComp }),
  };
});

export function comparingOf(bySong: CompareState['bySong'], songId: string): Comparing {
  return bySong[songId] ?? nothing;
}

/** First and last of the marked bars. */
export function markedBars({ anchor, bar }: Marked): { first: number; last: number } {
  return { first: Math.min(anchor, bar), last: Math.max(anchor, bar) };
}

/** The chosen bars as passages, all of them in order. */
export function picksOf({ takeIds, choices }: Comparing, bars: number): TakePick[] {
  const picks: TakePick[] = [];
  for (let bar = 0; bar < bars; bar++) {
    const takeId = choices[bar] ?? takeIds[0]!;
    const before = picks.at(-1);
    if (before?.takeId === takeId) before.last = bar;
    else picks.push({ takeId, first: bar, last: bar });
  }
  return picks;
}
