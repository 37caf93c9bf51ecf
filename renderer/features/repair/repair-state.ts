import { create } from 'zustand';
import type { NoteName } from '../../../main/contract/takes.ts';

interface RepairState {
  /** Whether notes can be chosen and mended in the score. */
  on: boolean;
  selected: NoteName | null;
  toggle: (on: boolean) => void;
  select: (note: NoteName | null) => void;
}

export const useRepair = create<RepairState>()((set) => ({
  on: false,
  selected: null,
  toggle: (on) => set({ on, selected: null }),
  select: (selected) => set({ selected }),
}));
