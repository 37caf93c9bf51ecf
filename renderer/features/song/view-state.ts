import { create } from 'zustand';

/** What of a song is in sight: a take on paper, all takes, some of them together, or what was heard in it. */
export const songViews = ['score', 'takes', 'compare', 'song'] as const;
export type SongViewName = (typeof songViews)[number];

export const useSongView = create<{ view: SongViewName; show: (view: SongViewName) => void }>()((set) => ({
  view: 'score',
  show: (view) => set({ view }),
}));
