import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { ArrangeSettings } from '../../main/contract/arrangement.ts';
import { firstTake } from './settings.ts';
import type { Shell, ShellState } from './shell.ts';

const ShellContext = createContext<Shell | null>(null);

export function ShellProvider({ shell, children }: { shell: Shell; children: ReactNode }) {
  return <ShellContext value={shell}>{children}</ShellContext>;
}

/** Reads settings and what of the window is no music, and follows their changes. */
export function useShell<T>(select: (state: ShellState) => T): T {
  return useStore(useShellStore(), select);
}

/** Settings of a first take, as the person likes new takes to be. */
export function useFirstTake(): ArrangeSettings {
  return firstTake(useShell((shell) => shell.settings.takes));
}

/** The store itself, for what is read only when something happens. */
export function useShellStore(): Shell {
  const shell = useContext(ShellContext);
  if (shell === null) throw new Error('useShell needs a ShellProvider around it.');
  return shell;
}
