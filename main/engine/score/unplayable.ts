import type { HandLimits } from './hand-limits.ts';
import type { Hand, HandNote } from './hands.ts';
import type { OnsetGroup } from './onset-groups.ts';

/**
 * What a hand gives up last. A note that is held costs little: cut short it has been heard, and the pedal carries it;
 * a note that begins would be lost. Inner notes go before bass, bass before melody.
 */
function worth(note: HandNote, held: boolean): number {
  if (note.role === 'melody') return held ? 6 : 40;
  if (note.role === 'bass') return held ? 2 : 20;
  return held ? 1 : 5;
}

/**
 * Notes that hands of the given limits cannot hold, with the ticks that each may keep (0: it must go). What a note
 * gives up frees its hand from there on.
 */
export function findUnplayable(
  notes: readonly HandNote[],
  hands: readonly Hand[],
  groups: readonly OnsetGroup[],
  limits: HandLimits,
): Map<number, number> {
  const ticks = new Map<number, number>();
  for (const group of groups) {
    const held = new Map(group.sounding.map((index, place) => [index, group.held[place]!]));
    for (const hand of ['left', 'right'] as const) {
      const grip = group.sounding.filter((index) => hands[index] === hand && !ticks.has(index));
      const kept = new Set(
        keepBest(
          grip.map((index) => ({
            index,
            pitch: notes[index]!.pitch,
            worth: worth(notes[index]!, held.get(index)!),
          })),
          limits,
        ),
      );
      for (const index of grip) {
        if (!kept.has(index)) ticks.set(index, group.tick - notes[index]!.start);
      }
    }
  }
  return ticks;
}

interface Finger {
  index: number;
  pitch: number;
  worth: number;
}

/** The most valuable notes, lowest first, that lie within the span and number of fingers. */
function keepBest(grip: readonly Finger[], limits: HandLimits): number[] {
  let best: number[] = [];
  let bestWorth = -1;
  for (let low = 0; low < grip.length; low++) {
    const inReach = grip.filter((finger, at) => at >= low && finger.pitch - grip[low]!.pitch <= limits.span);
    // Of equals the higher goes first in the sort and is kept: it is the one heard on top.
    const kept = inReach.sort((a, b) => b.worth - a.worth || b.pitch - a.pitch).slice(0, limits.notes);
    const sum = kept.reduce((total, finger) => total + finger.worth, 0);
    if (sum > bestWorth) {
      bestWorth = sum;
      best = kept.map((finger) => finger.index);
    }
  }
  return best;
}
