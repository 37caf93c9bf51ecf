import { useEffect } from 'react';
import { isDialogOpen, isWriting } from '../../parts/key-targets.ts';

/** Takes back and does again with the keys that every program has for it, but not while text is typed. */
export function useHistoryKeys(undo: () => unknown, redo: () => unknown): void {
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      if (isWriting(event.target) || isDialogOpen()) return;
      const key = event.key.toLowerCase();
      const isRedo = key === 'y' || (key === 'z' && event.shiftKey);
      if (!isRedo && key !== 'z') return;
      event.preventDefault();
      if (isRedo) redo();
      else undo();
    }
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [undo, redo]);
}
