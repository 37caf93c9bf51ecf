import { type Evidence, KEYS } from '../transcription/evidence.ts';

/** Pitch class of key 0, A. */
const FIRST_CLASS = 9;
/** Notes below this posterior (of 255) are taken as silence. */
const FLOOR = 38;

export interface Chroma {
  /** `segments × 12`, salience of each pitch class (C = 0), all registers with the middle weighted most. */
  treble: Float32Array;
  /** `segments × 12`, salience of pitch classes in the bass. */
  bass: Float32Array;
}

/** Weight of a key in the harmony: full from C3 to C6, fading outside, where overtones and rumble gather. */
function trebleWeight(key: number): number {
  const pitch = key + 21;
  if (pitch < 36) return 0.25;
  if (pitch < 48) return 0.25 + (0.75 * (pitch - 36)) / 12;
  if (pitch <= 79) return 1;
  return Math.max(0.1, 1 - (pitch - 79) / 20);
}

/** Weight of a key in the bass: full up to A2, none above G3. */
function bassWeight(key: number): number {
  const pitch = key + 21;
  if (pitch <= 45) return 1;
  return Math.max(0, 1 - (pitch - 45) / 11);
}

/**
 * Sums note posteriors into pitch classes between boundaries.
 * @param boundaries frames, ascending, `segments + 1` of them
 */
export function measureChroma(evidence: Evidence, boundaries: readonly number[]): Chroma {
  const segments = Math.max(0, boundaries.length - 1);
  const treble = new Float32Array(segments * 12);
  const bass = new Float32Array(segments * 12);
  const high = Float32Array.from({ length: KEYS }, (_, key) => trebleWeight(key));
  const low = Float32Array.from({ length: KEYS }, (_, key) => bassWeight(key));
  for (let segment = 0; segment < segments; segment++) {
    const from = Math.max(0, Math.round(boundaries[segment]));
    const to = Math.min(evidence.frames, Math.max(from + 1, Math.round(boundaries[segment + 1])));
    const length = Math.max(1, to - from);
    for (let t = from; t < to; t++) {
      for (let key = 0; key < KEYS; key++) {
        const note = evidence.note[t * KEYS + key];
        if (note < FLOOR) continue;
        const at = segment * 12 + ((key + FIRST_CLASS) % 12);
        treble[at] += (high[key] * note) / (255 * length);
        bass[at] += (low[key] * note) / (255 * length);
      }
    }
  }
  return { treble, bass };
}

/** Cosine of two 12-bin vectors inside arrays; 0 where one is silent. */
export function cosineOf(a: Float32Array, ai: number, b: Float32Array, bi: number): number {
  let dot = 0;
  let aa = 0;
  let bb = 0;
  for (let pc = 0; pc < 12; pc++) {
    dot += a[ai + pc] * b[bi + pc];
    aa += a[ai + pc] ** 2;
    bb += b[bi + pc] ** 2;
  }
  return aa > 0 && bb > 0 ? dot / Math.sqrt(aa * bb) : 0;
}
