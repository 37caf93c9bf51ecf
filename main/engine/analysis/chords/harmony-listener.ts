import { SongleafError } from '../../../contract/errors.ts';
import { CHORD_STEPS } from '../../transcription/evidence.ts';
import type { Network } from '../../transcription/network.ts';
import { keepAnswer } from '../keep-answer.ts';
import { HARMONY_VALUES } from './harmony-rows.ts';
import { STATES } from './states.ts';

/** Twelve pitch classes, then none. */
export const HARMONY_BASSES = 13;
/** Half beats at once, and what an answer may depend on at each side: 2⁵ − 1 by the network's dilations. */
const CHUNK = 1024;
const CONTEXT = 32;

/** What the harmony network says of each half beat: ln(probability), in steps of a sixteenth. */
export interface HeardHarmony {
  /** `halves × STATES` */
  chords: Float32Array;
  /** `halves × HARMONY_BASSES` */
  bass: Float32Array;
}

/**
 * Lets the harmony network (`models/harmony/README.md`) name half beats, chunk by chunk. Its answer is rounded, so that
 * nothing after it depends on the processor it ran on.
 * @param rows `halves × HARMONY_VALUES`, of `layOutHalves`
 * @throws SongleafError `model-corrupt`
 */
export async function listenForHarmony(rows: Float32Array, network: Network): Promise<HeardHarmony> {
  const halves = rows.length / HARMONY_VALUES;
  const heard = {
    chords: new Float32Array(halves * STATES),
    bass: new Float32Array(halves * HARMONY_BASSES),
  };
  for (let first = 0; first < halves; first += CHUNK) {
    const last = Math.min(halves, first + CHUNK);
    const low = Math.max(0, first - CONTEXT);
    const high = Math.min(halves, last + CONTEXT);
    const data = rows.slice(low * HARMONY_VALUES, high * HARMONY_VALUES);
    const { chords, bass } = await network.run({ halves: { data, shape: [1, high - low, HARMONY_VALUES] } });
    if (chords?.length !== (high - low) * STATES || bass?.length !== (high - low) * HARMONY_BASSES) {
      throw new SongleafError(
        'model-corrupt',
        'The harmony network gave no chords.',
        'Install Songleaf again.',
      );
    }
    keepAnswer(chords, heard.chords, STATES, [low, first, last], roundLog);
    keepAnswer(bass, heard.bass, HARMONY_BASSES, [low, first, last], roundLog);
  }
  return heard;
}

/** e^−16: as far as 8 bits reach. */
const LEAST = -16;

function roundLog(logarithm: number): number {
  const value = Math.round(logarithm * CHORD_STEPS) / CHORD_STEPS;
  // NaN compares false and becomes the least likely.
  return value > LEAST ? Math.min(0, value) : LEAST;
}
