import type { TextureScore } from '../../../contract/arrangement.ts';
import { type BarUnit, TICKS_PER_BEAT, ticksPerQuarter } from '../../../contract/grid.ts';
import { KEYS, LOWEST_PITCH } from '../../transcription/evidence.ts';
import { BEATS, PHASES } from './planes.ts';

/** Steps of the passages whose texture the network tells (`models/songleaf_models/arranger/loss.py`): eight bars of 4/4. */
export const PASSAGE_STEPS = 128;
/** Rolls of a passage: bridge, piano, hold. */
export const ROLLS = 3;
const [PIANO, HOLD] = [1, 2];
/** What a step is told of its place: in the beat, and of the beat in the bar. */
export const PLACE_VALUES = PHASES.length + BEATS;

/** Music on the network's steps, as `targets.py` and `planes.py` lay it. */
export interface Passage {
  /** `ROLLS × PASSAGE_STEPS × KEYS`: 1 where a note of the role begins; where one that began earlier sounds on. */
  rolls: Float32Array;
  /** `PASSAGE_STEPS × PLACE_VALUES`: 1 at the place in the beat, and at the beat's in the bar. */
  place: Float32Array;
}

/**
 * A passage of music from a bar on, begun again at its end; all of it is the piano's. On quarters of a beat and on sixths
 * of a dotted quarter a sixteenth is a step; on sixths of a quarter it goes to the nearest step.
 * @param division steps in a beat, and `unit` what a beat is, of the song's bars that follow the music
 */
export function layPassage(score: TextureScore, bar: number, division: number, unit: BarUnit): Passage {
  const stretch = (ticksPerQuarter(unit) / 4) * (division / TICKS_PER_BEAT);
  const toStep = (sixteenth: number) => Math.round(stretch * sixteenth);
  const starts = score.bars.map(toStep);
  const total = Math.max(1, toStep(score.steps));
  const first = starts[bar];
  const rolls = new Float32Array(ROLLS * PASSAGE_STEPS * KEYS);
  for (const [sixteenth, pitch, length] of score.notes) {
    const key = pitch - LOWEST_PITCH;
    if (key < 0 || key >= KEYS) continue;
    const lasts = Math.max(1, toStep(sixteenth + length) - toStep(sixteenth));
    // What began before the passage sounds on in it.
    const before = total * Math.ceil(lasts / total);
    let begin = (((toStep(sixteenth) - first) % total) + total) % total;
    for (begin -= before; begin < PASSAGE_STEPS; begin += total) {
      if (begin >= 0) rolls[(PIANO * PASSAGE_STEPS + begin) * KEYS + key] = 1;
      const end = Math.min(PASSAGE_STEPS, begin + lasts);
      for (let t = Math.max(0, begin + 1); t < end; t++) rolls[(HOLD * PASSAGE_STEPS + t) * KEYS + key] = 1;
    }
  }
  const place = new Float32Array(PASSAGE_STEPS * PLACE_VALUES);
  for (let t = 0; t < PASSAGE_STEPS; t++) {
    const at = (first + t) % total;
    const inBar = at - starts[starts.findLastIndex((start) => start <= at)];
    const ticks = ((inBar % division) * TICKS_PER_BEAT) / division;
    place[t * PLACE_VALUES + PHASES.indexOf(ticks)] = 1;
    place[t * PLACE_VALUES + PHASES.length + Math.min(BEATS - 1, Math.floor(inBar / division))] = 1;
  }
  return { rolls, place };
}

/** Whether the piano begins a note: `PASSAGE_STEPS × KEYS`. */
export function listOnsets({ rolls }: Passage): Float32Array {
  return rolls.subarray(PIANO * PASSAGE_STEPS * KEYS, HOLD * PASSAGE_STEPS * KEYS);
}

/** Beats that begin in a passage. */
export function countBeats({ place }: Passage): number {
  let beats = 0;
  for (let at = 0; at < place.length; at += PLACE_VALUES) beats += place[at];
  return beats;
}
