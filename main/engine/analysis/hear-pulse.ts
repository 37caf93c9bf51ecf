import { SongleafError } from '../../contract/errors.ts';
import {
  BEAT_HOP,
  BEAT_VALUES,
  CHORD_HEADS,
  CHORD_HOP,
  CHORD_VALUES,
  type Evidence,
  FLUX_BANDS,
  KEYS,
} from '../transcription/evidence.ts';
import type { Network, NetworkInput } from '../transcription/network.ts';
import { toByte } from '../transcription/to-byte.ts';
import type { SongPulse } from './pulse.ts';

/** Triad and bass. */
const CHORD_CLASSES = CHORD_HEADS[0] + CHORD_HEADS[1];
/** Frames on either side that an answer depends on: 2 (2¹⁰ − 1) of the convolutions, and what features compare. */
const CONTEXT = 2080;
/** Frames at once: a song of four minutes whole. */
const MOST_FRAMES = 10_400;
const HEADS = ['beat', 'downbeat', 'ternary', 'three'] as const;

/**
 * Lets the offline beat network (`models/songleaf_models/beats`) listen to a whole song, in stretches that do not show
 * in the answer. It is quantised to 8 bits, so that nothing after it depends on the processor it ran on.
 * @throws SongleafError `model-corrupt`
 */
export async function hearPulse(evidence: Evidence, network: Network): Promise<SongPulse> {
  const total = Math.ceil(evidence.frames / 2);
  const heard = HEADS.map(() => new Uint8Array(total));
  const stretches = Math.ceil(total / MOST_FRAMES);
  for (let n = 0; n < stretches; n++) {
    const from = Math.floor((total * n) / stretches);
    const to = Math.floor((total * (n + 1)) / stretches);
    const first = Math.max(0, from - CONTEXT);
    const last = Math.min(total, to + CONTEXT);
    const { probabilities } = await network.run(alignPlanes(evidence, first, last));
    if (probabilities?.length !== HEADS.length * (last - first)) {
      throw new SongleafError('model-corrupt', 'The beat network gave no answer.', 'Install Songleaf again.');
    }
    heard.forEach((values, head) => {
      for (let t = from; t < to; t++) {
        values[t] = toByte(probabilities[head * (last - first) + t - first]);
      }
    });
  }
  const [beat, downbeat, ternary, three] = heard.map((values) => spread(values, evidence.frames));
  return { beat, downbeat, ternary, three };
}

/**
 * The network's inputs for its frames from `first` to `last`: frame t is centred on sample 512 t, on frame 2 t of the
 * evidence. BeatNet's frames are interpolated linearly; frames that a plane does not have are silent.
 */
export function alignPlanes(evidence: Evidence, first: number, last: number): Record<string, NetworkInput> {
  const frames = last - first;
  const whole = (plane: Uint8Array, width: number): NetworkInput => {
    const data = new Float32Array(2 * frames * width);
    data.set(plane.subarray(2 * first * width, 2 * last * width));
    return { data, shape: [1, 2 * frames, width] };
  };
  const beats = new Float32Array(frames * BEAT_VALUES);
  for (let t = 0; t < frames; t++) {
    const at = ((first + t) * CHORD_HOP) / BEAT_HOP;
    const left = Math.floor(at);
    for (let i = 0; i < BEAT_VALUES; i++) {
      const before = evidence.beats[left * BEAT_VALUES + i] ?? 0;
      const after = evidence.beats[(left + 1) * BEAT_VALUES + i] ?? 0;
      beats[t * BEAT_VALUES + i] = before * (1 - at + left) + after * (at - left);
    }
  }
  const chords = new Float32Array(frames * CHORD_CLASSES).fill(255);
  for (let t = 0; t < frames && first + t < evidence.chordFrames; t++) {
    const at = (first + t) * CHORD_VALUES;
    chords.set(evidence.chords.subarray(at, at + CHORD_CLASSES), t * CHORD_CLASSES);
  }
  return {
    onset: whole(evidence.onset, KEYS),
    note: whole(evidence.note, KEYS),
    flux: whole(evidence.flux, FLUX_BANDS),
    loudness: whole(evidence.loudness, 1),
    beats: { data: beats, shape: [1, frames, BEAT_VALUES] },
    chords: { data: chords, shape: [1, frames, CHORD_CLASSES] },
  };
}

/** Probabilities on twice as many frames, those between as the mean of their neighbours. */
function spread(values: Uint8Array, frames: number): Float32Array {
  return Float32Array.from({ length: frames }, (_, t) => {
    const left = values[t >> 1];
    return (t % 2 === 0 ? left : (left + (values[(t >> 1) + 1] ?? left)) / 2) / 255;
  });
}
