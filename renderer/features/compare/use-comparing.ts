import { type Comparing, comparingOf, useCompare } from './compare-state.ts';

/** What is compared of a song. */
export function useComparing(songId: string): Comparing {
  return useCompare((state) => comparingOf(state.bySong, songId));
}
