import { create } from 'zustand';
import { noFilter, type SongFilter, type SongOrder } from './list-order.ts';

/** How the list of songs looks: kept while a song is looked at, and but for search and filter until the next start. */
export interface ListState {
  query: string;
  order: SongOrder;
  descending: boolean;
  filter: SongFilter;
  /** A table over the whole window instead of a list beside the song. */
  wide: boolean;
  setQuery: (query: string) => void;
  /** The same order again turns it round. */
  orderBy: (order: SongOrder) => void;
  setFilter: (filter: SongFilter) => void;
  setWide: (wide: boolean) => void;
}

export const useListState = create<ListState>()((set, get) => ({
  query: '',
  order: 'added',
  descending: false,
  filter: noFilter,
  wide: false,
  setQuery: (query) => set({ query }),
  orderBy: (order) => set({ order, descending: order === get().order && !get().descending }),
  setFilter: (filter) => set({ filter }),
  setWide: (wide) => set({ wide }),
}));
