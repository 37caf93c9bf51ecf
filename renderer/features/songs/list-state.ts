import { create } from 'zustand';
import { noFilter, type SongFilter, type SongOrder, songOrders } from './list-order.ts';

const STORED = 'songleaf.songs';

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

export const useListState = create<ListState>()((set, get) => {
  function keep(change: Partial<ListState>): void {
    set(change);
    const { order, descending, wide } = get();
    try {
      localStorage.setItem(STORED, JSON.stringify({ order, descending, wide }));
    } catch {
      // Where nothing can be stored the next session begins as the first did.
    }
  }
  return {
    query: '',
    order: 'added',
    descending: false,
    filter: noFilter,
    wide: false,
    ...readStored(),
    setQuery: (query) => set({ query }),
    orderBy: (order) => keep({ order, descending: order === get().order && !get().descending }),
    setFilter: (filter) => set({ filter }),
    setWide: (wide) => keep({ wide }),
  };
});

function readStored(): Partial<ListState> {
  try {
    const stored = JSON.parse(localStorage.getItem(STORED) ?? '{}') as Record<string, unknown>;
    const order = songOrders.find((name) => name === stored.order);
    return {
      ...(order === undefined ? {} : { order }),
      descending: stored.descending === true,
      wide: stored.wide === true,
    };
  } catch {
    return {};
  }
}
