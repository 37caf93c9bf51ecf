import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useTransport } from '../../state/use-transport.tsx';
import { createDesk, type Desk, type DeskState } from './desk-store.ts';

const DeskContext = createContext<Desk | null>(null);

/** Opens a song's timeline for what is below. `version` changes where the song may have been analysed anew. */
export function DeskProvider({
  songId,
  version,
  children,
}: {
  songId: string;
  version: number;
  children: ReactNode;
}) {
  const transport = useTransport();
  const [desk] = useState(() => createDesk(transport, songId));
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version is the reason to read again
  useEffect(() => void desk.getState().read(), [desk, version]);
  return <DeskContext value={desk}>{children}</DeskContext>;
}

/** Reads a part of the timeline's state and follows its changes. */
export function useDesk<T>(select: (state: DeskState) => T): T {
  return useStore(useDeskStore(), select);
}

/** The timeline's state itself, for those who ask it later. */
export function useDeskStore(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('useDesk needs a DeskProvider around it.');
  return desk;
}
