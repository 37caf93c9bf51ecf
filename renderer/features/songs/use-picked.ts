import { useState } from 'react';
import type { Song } from '../../../main/contract/library.ts';

/** Keys and buttons that widen a choice instead of replacing it. */
export interface Widening {
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
}

export interface Picked {
  ids: ReadonlySet<string>;
  /** Chooses as lists of files do: alone, with Ctrl besides, with Shift up to here. @returns whether it is chosen alone */
  pick(song: Song, widening: Widening): boolean;
  pickAll(): void;
  clear(): void;
}

/** Which songs of a list are chosen. Songs that leave the list are chosen no longer. */
export function usePicked(songs: readonly Song[], opened: string | null): Picked {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [anchor, setAnchor] = useState<string | null>(opened);
  const [seen, setSeen] = useState(opened);
  // Opened from elsewhere, a song leaves what was chosen behind.
  if (opened !== seen) {
    setSeen(opened);
    if (opened === null || !picked.has(opened)) {
      setPicked(new Set());
      setAnchor(opened);
    }
  }
  const shown = new Set(songs.map(({ id }) => id));
  const kept = new Set([...picked].filter((id) => shown.has(id)));
  return {
    ids: kept.size > 0 ? kept : new Set(opened === null ? [] : [opened]),
    pick(song, { shiftKey, ctrlKey, metaKey }) {
      if (shiftKey) {
        const from = songs.findIndex(({ id }) => id === (anchor ?? opened));
        const to = songs.findIndex(({ id }) => id === song.id);
        const [first, last] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
        setPicked(new Set(songs.slice(first, last + 1).map(({ id }) => id)));
        return false;
      }
      setAnchor(song.id);
      if (ctrlKey || metaKey) {
        const next = new Set(kept.size > 0 ? kept : opened === null ? [] : [opened]);
        if (!next.delete(song.id)) next.add(song.id);
        setPicked(next);
        return false;
      }
      setPicked(new Set([song.id]));
      return true;
    },
    pickAll: () => setPicked(shown),
    clear: () => setPicked(new Set()),
  };
}
