import { bell, uniform } from '../random.ts';
import type { Song } from '../song.ts';
import type { Step } from './steps.ts';

/** A player's settings in the order of the network; each about -2 to 2, 0 what pianists write on the mean. */
const SETTINGS = ['density', 'register', 'drive', 'closeness'] as const;
/** Numbers for whatever else makes a texture. */
const LATENT = 8;
const TOLD_AT = SETTINGS.length;
const LATENT_AT = 2 * SETTINGS.length;
const LATENT_TOLD_AT = LATENT_AT + LATENT;
/** Settings, whether each is told, the latent, whether it is told. */
export const STYLE_VALUES = LATENT_TOLD_AT + 1;

export type StyleSettings = Partial<Record<(typeof SETTINGS)[number], number>>;

/** How the takes of a song part. */
export interface Freedom {
  /** Deviation of the latent; 0 leaves it untold. */
  latent: number;
  /** Most that a section's density is moved from what is asked for, or from the mean. */
  density: number;
}

/** `steps × STYLE_VALUES`: the same in sections of equal label, so that what repeats keeps its texture. */
export function chooseStyle(
  song: Song,
  steps: readonly Step[],
  asked: StyleSettings,
  freedom: Freedom,
): Float32Array {
  const style = new Float32Array(steps.length * STYLE_VALUES);
  const bySection = new Map<string, Float32Array>();
  steps.forEach(({ bar }, t) => {
    const { label } = song.places[bar];
    let values = bySection.get(label);
    if (!values) {
      values = styleOf(song.settings.seed, label, asked, freedom);
      bySection.set(label, values);
    }
    style.set(values, t * STYLE_VALUES);
  });
  return style;
}

function styleOf(seed: number, label: string, asked: StyleSettings, freedom: Freedom): Float32Array {
  const values = new Float32Array(STYLE_VALUES);
  SETTINGS.forEach((name, i) => {
    let value = asked[name];
    if (name === 'density' && freedom.density > 0) {
      value = (value ?? 0) + freedom.density * (2 * uniform(seed, 'density', label) - 1);
    }
    if (value === undefined) return;
    values[i] = value;
    values[TOLD_AT + i] = 1;
  });
  if (freedom.latent > 0) {
    values[LATENT_TOLD_AT] = 1;
    for (let i = 0; i < LATENT; i++) values[LATENT_AT + i] = freedom.latent * bell(seed, 'latent', label, i);
  }
  return values;
}
