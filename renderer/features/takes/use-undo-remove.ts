import { useCallback } from 'react';
import { useLibrary } from '../../state/use-library.tsx';
import { useHistoryKeys } from '../song/use-history-keys.ts';

const nothing = () => Promise.resolve();

/** Brings back the take that was deleted last with the key that every program has for it. */
export function useUndoRemove(songId: string): void {
  const undoRemove = useLibrary((library) => library.takeDesk.undoRemove);
  const undo = useCallback(async () => {
    await undoRemove(songId);
  }, [undoRemove, songId]);
  useHistoryKeys(undo, nothing);
}
