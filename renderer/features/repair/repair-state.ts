import { create } from 'zustand';
import type { NoteName } from '../../../main/contract/takes.ts';
import { isSameName } from './match-notes.ts';

interface RepairState {
  /** Whether notes can be chosen and mended in the score. */
  on: boolean;
  /** The chosen note, and the take that it is one of. */
  selected: { takeId: string; note: NoteName } | null;
  toggle: (on: boolean) => void;
  select: (takeId: string, note: NoteName | null) => void;
  /** Keeps a note chosen that has another name now, unless another was chosen meanwhile. */
  rename: (takeId: string, before: NoteName, after: NoteName | null) => void;
}

export const useRepair = create<RepairState>()((set, get) => ({
  on: false,
  selected: null,
  toggle: (on) => set({ on, selected: null }),
  select: (takeId, note) => set({ selected: note && { takeId, note } }),
  rename(takeId, before, after) {
    const { selected, select } = get();
    if (selected?.takeId === takeId && isSameName(selected.note, before)) select(takeId, after);
  },
}));

/** The chosen note of a take; null where none is, or one of another take. */
export function chosenNote({ selected }: RepairState, takeId: string): NoteName | null {
  return selected?.takeId === takeId ? selected.note : null;
}
