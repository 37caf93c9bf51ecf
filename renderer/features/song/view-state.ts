import { create } from 'zustand';

/** What of a song is in sight: its written takes, or what was heard in it. */
export const songViews = ['score', 'song'] as const;
export type SongViewName = (typeof songViews)[number];

export const useSongView = create<{ view: SongViewName; show: (view: SongViewName) => void }>()((set) => ({
  view: 'score',
  show: (view) => set({ view }),
}));
