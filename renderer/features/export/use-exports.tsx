import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { Exports, ExportsState } from './exports.ts';

const ExportsContext = createContext<Exports | null>(null);

export function ExportsProvider({ exports, children }: { exports: Exports; children: ReactNode }) {
  return <ExportsContext value={exports}>{children}</ExportsContext>;
}

/** Reads a part of what is known of exports and follows its changes. */
export function useExports<T>(select: (state: ExportsState) => T): T {
  const exports = useContext(ExportsContext);
  if (exports === null) throw new Error('useExports needs an ExportsProvider around it.');
  return useStore(exports, select);
}
