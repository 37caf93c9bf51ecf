/**
 * Four layers write for two hands: bass and `lower` for the left, `upper` and melody for the right. Within a layer
 * notes that begin together form a chord and end together, before the next begin: two voices a staff.
 */
export type Layer = 'melody' | 'upper' | 'lower' | 'bass';

export interface LayerNote {
  layer: Layer;
  start: number;
  /** Tick at which it ends; writers may leave it at `start`, `sustainLayers` sets it. */
  end: number;
  pitch: number;
  /** How much the note matters within its layer, 0 to 1: what is thinned goes from the least on. */
  weight: number;
  /** Tick until which its writer would hold it, where it knows; level full follows, where hands can. */
  until?: number;
  /** Velocity by which it is struck harder than others of its layer, where the writer knows. */
  touch?: number;
}

/** Notes of each onset, in order of time. */
export function groupByStart(notes: readonly LayerNote[]): LayerNote[][] {
  const groups = new Map<number, LayerNote[]>();
  for (const note of notes) {
    const group = groups.get(note.start);
    if (group) group.push(note);
    else groups.set(note.start, [note]);
  }
  return [...groups.keys()].sort((a, b) => a - b).map((start) => groups.get(start)!);
}
