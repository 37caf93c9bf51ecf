import { chordQualities } from '../../../main/contract/analysis.ts';
import { HARMONY_BASSES, type HeardHarmony } from '../../../main/engine/analysis/chords/harmony-listener.ts';
import { NONE, STATES } from '../../../main/engine/analysis/chords/states.ts';
import { chordIntervals } from '../../../main/engine/chord-intervals.ts';
import {
  CHORD_HEADS,
  CHORD_HOP,
  CHORD_STEPS,
  CHORD_VALUES,
  type Evidence,
  HOP,
  KEYS,
} from '../../../main/engine/transcription/evidence.ts';
import { allocateEvidence } from '../../../main/engine/transcription/evidence-file.ts';

/** What sounds in half a beat; `sure` is the network's probability of the triad's and the bass's class. */
export interface Sounding {
  root: number;
  quality: (typeof chordQualities)[number];
  bass?: number;
  sure?: number;
  /** Another chord that the harmony network takes to be as likely. */
  or?: { root: number; quality: (typeof chordQualities)[number] };
  /** Probability of the seventh, ninth or thirteenth that the quality holds; the rest says that there is none. */
  colour?: number;
}

/** Frames of the evidence in half a beat at 120 a minute, rounded to whole frames of the chord network. */
const HALF = 22;

const triads = ['maj', 'min', 'sus4', 'sus2', 'dim', 'aug'];

/** Classes of triad, seventh, ninth and thirteenth of the chord network. */
function classesOf({ root, quality }: Sounding): {
  triad: number;
  seventh: number;
  ninth: number;
  thirteenth: number;
} {
  const tones = chordIntervals[quality];
  const exact = triads.indexOf(quality);
  const third = tones.includes(3) ? (tones.includes(6) ? 'dim' : 'min') : 'maj';
  const triad = 1 + 12 * (exact >= 0 ? exact : triads.indexOf(third)) + root;
  const diminished = quality === 'dim7';
  const seventh = diminished ? 3 : tones.includes(11) ? 1 : tones.includes(10) ? 2 : 0;
  return {
    triad,
    seventh,
    ninth: tones.includes(2) && quality !== 'sus2' ? 1 : 0,
    thirteenth: tones.includes(9) && !diminished ? 1 : 0,
  };
}

/**
 * Evidence of a song at 120 beats a minute given half beat by half beat; null is silence. The network hears what is said,
 * the transcriber the chord's tones from C4 and the bass at C2.
 */
export function evidenceOf(halves: readonly (Sounding | null)[]): Evidence {
  const evidence = allocateEvidence(halves.length * HALF);
  evidence.chordFrames = (halves.length * HALF * HOP) / CHORD_HOP;
  evidence.chords = new Uint8Array(evidence.chordFrames * CHORD_VALUES);
  halves.forEach((sounding, half) => {
    for (let t = half * HALF; t < (half + 1) * HALF; t++) {
      if (!sounding) continue;
      evidence.loudness[t] = 200;
      for (const interval of chordIntervals[sounding.quality]) {
        evidence.note[t * KEYS + 60 - 21 + ((sounding.root + interval) % 12)] = 180;
      }
      evidence.note[t * KEYS + 36 - 21 + (sounding.bass ?? sounding.root)] = 200;
    }
    for (let t = (half * HALF) / 2; t < ((half + 1) * HALF) / 2; t++)
      writeHeads(evidence.chords, t, sounding);
  });
  return evidence;
}

function writeHeads(chords: Uint8Array, t: number, sounding: Sounding | null): void {
  const sure = sounding?.sure ?? 0.95;
  const colour = sounding?.colour ?? 0.95;
  const named = sounding ? classesOf(sounding) : { triad: 0, seventh: 0, ninth: 0, thirteenth: 0 };
  const bass = sounding ? 1 + (sounding.bass ?? sounding.root) : 0;
  const classes = [named.triad, bass, named.seventh, named.ninth, 0, named.thirteenth];
  let at = t * CHORD_VALUES;
  CHORD_HEADS.forEach((width, head) => {
    const own = head < 2 ? sure : 0.95;
    const p = new Array<number>(width).fill((1 - own) / (width - 1));
    p[classes[head]] = own;
    if (head >= 2 && classes[head] > 0) {
      p.fill(0.01 / width);
      p[classes[head]] = colour;
      p[0] = 1 - colour;
    }
    for (const value of p) chords[at++] = Math.min(255, Math.round(-Math.log(value) * CHORD_STEPS));
  });
}

/** What the harmony network says where these sound. */
export function harmonyOf(halves: readonly (Sounding | null)[]): HeardHarmony {
  const chords = new Float32Array(halves.length * STATES);
  const bass = new Float32Array(halves.length * HARMONY_BASSES);
  halves.forEach((sounding, half) => {
    const named = nameHalf(sounding);
    const lowest = sounding ? (sounding.bass ?? sounding.root) : HARMONY_BASSES - 1;
    const rest = 1 - [...named.values()].reduce((a, b) => a + b, 0);
    for (let s = 0; s < STATES; s++)
      chords[half * STATES + s] = Math.log(named.get(s) ?? rest / (STATES - named.size));
    const sure = sounding?.sure ?? 0.95;
    for (let pc = 0; pc < HARMONY_BASSES; pc++) {
      bass[half * HARMONY_BASSES + pc] = Math.log(pc === lowest ? sure : (1 - sure) / (HARMONY_BASSES - 1));
    }
  });
  return { chords, bass };
}

/** Probabilities of what a half beat is called: by its name, and plain where its colour is in doubt. */
function nameHalf(sounding: Sounding | null): Map<number, number> {
  if (!sounding) return new Map([[NONE, 0.95]]);
  const { root, quality, sure = 0.95, colour = 1, or } = sounding;
  const named = new Map([[stateOf(root, quality), sure * colour]]);
  if (colour < 1)
    named.set(stateOf(root, chordIntervals[quality].includes(3) ? 'min' : 'maj'), sure * (1 - colour));
  if (or) named.set(stateOf(or.root, or.quality), sure);
  return named;
}

function stateOf(root: number, quality: Sounding['quality']): number {
  return 12 * chordQualities.indexOf(quality) + root;
}

/** The beat grid that `evidenceOf` lays: every beat in bars of four. */
export function gridOf(halves: number): {
  frames: number[];
  bars: { position: number; beats: number; confidence: number }[];
} {
  const beats = halves / 2;
  return {
    frames: Array.from({ length: beats + 1 }, (_, beat) => beat * 2 * HALF),
    bars: Array.from({ length: beats }, (_, beat) => ({ position: (beat % 4) + 1, beats: 4, confidence: 1 })),
  };
}
