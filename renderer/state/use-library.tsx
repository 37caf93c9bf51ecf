import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { Library, LibraryState } from './library-state.ts';

const LibraryContext = createContext<Library | null>(null);

export function LibraryProvider({ library, children }: { library: Library; children: ReactNode }) {
  return <LibraryContext value={library}>{children}</LibraryContext>;
}

/** Reads a part of the window's state and follows its changes. */
export function useLibrary<T>(select: (state: LibraryState) => T): T {
  return useStore(useLibraryStore(), select);
}

/** The store itself, for what is read only when something happens. */
export function useLibraryStore(): Library {
  const library = useContext(LibraryContext);
  if (library === null) throw new Error('useLibrary needs a LibraryProvider around it.');
  return library;
}
