import { BassLine } from '../chords/positions.ts';
import type { LayerNote } from '../layers.ts';
import type { Song } from '../song.ts';
import { slotTicks } from '../song-grid.ts';
import type { Candidate } from './candidates.ts';

/** The bass is looked for up to G3, and from E1 on. */
const HIGHEST = 55;
const LOWEST = 28;
const LEAST_SALIENCE = 0.3;
/** Above the lowest note of its chord so far by more than this, a low note is the left hand's figure, not the bass. */
const BASS_RANGE = 7;
/** Off the beat, a bass note must be this strong against the last one. */
const OFF_BEAT_RATIO = 0.6;
const MIDDLE = 38;

/** The heard bass line with the chords' own bass where none was heard, and the candidates that it used. */
export interface FoundBass {
  notes: LayerNote[];
  used: Set<Candidate>;
}

/** Takes the lowest strong candidate of each onset as bass; at chord changes without one, the chord's bass is written. */
export function findBass(
  candidates: readonly Candidate[],
  song: Song,
  plays: (tick: number) => boolean,
): FoundBass {
  const notes: LayerNote[] = [];
  const used = new Set<Candidate>();
  const line = new BassLine();
  let next = 0;
  for (const span of song.harmony) {
    let lowest = Number.POSITIVE_INFINITY;
    let last = 0;
    const first = notes.length;
    while (next < candidates.length && candidates[next].start < span.start) next++;
    for (let i = next; i < candidates.length && candidates[i].start < span.end; ) {
      const tick = candidates[i].start;
      const candidate = candidates[i];
      while (i < candidates.length && candidates[i].start === tick) i++;
      if (candidate.pitch > HIGHEST || candidate.pitch < LOWEST || candidate.salience < LEAST_SALIENCE)
        continue;
      if (candidate.pitch > lowest + BASS_RANGE) continue;
      if (tick % 24 !== 0 && candidate.salience < OFF_BEAT_RATIO * last) continue;
      lowest = Math.min(lowest, candidate.pitch);
      last = candidate.salience;
      used.add(candidate);
      notes.push({
        layer: 'bass',
        start: tick,
        end: tick,
        pitch: candidate.pitch,
        weight: Math.min(1, 0.3 + 0.7 * candidate.salience),
      });
    }
    const own = notes.slice(first);
    const reach = slotTicks('quarter');
    if (!own.some((note) => note.start - span.start <= reach) && plays(span.start)) {
      const centre = own[0]?.pitch ?? notes.at(-1)?.pitch ?? MIDDLE;
      const pitch = line.over(span, Math.min(46, Math.max(33, centre)));
      notes.push({ layer: 'bass', start: span.start, end: span.start, pitch, weight: 0.6 });
    }
  }
  return { notes: notes.sort((a, b) => a.start - b.start), used };
}
