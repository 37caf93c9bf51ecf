import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { Library, LibraryState } from './library-state.ts';

const LibraryContext = createContext<Library | null>(null);

export function LibraryProvider({ library, children }: { library: Library; children: ReactNode }) {
  return <LibraryContext value={library}>{children}</LibraryContext>;
}

/** Reads a part of the window's state and follows its changes. */
export function useLibrary<T>(select: (state: LibraryState) => T): T {
  const library = useContext(LibraryContext);
  if (library === null) throw new Error('useLibrary needs a LibraryProvider around it.');
  return useStore(library, select);
}
