import { bell } from '../random.ts';
import type { Song } from '../song.ts';
import type { Step } from './steps.ts';

/** Keeps this chance apart from that of notes. */
const STYLE_KEY = 'style';
/** A player's settings in the order of the network; each about -2 to 2, 0 what pianists write on the mean. */
const SETTINGS = ['density', 'register', 'drive', 'closeness'] as const;
/** Numbers for whatever else makes a texture; pianists' passages have about 0 on the mean with a deviation of 1. */
const LATENT = 8;
const LATENT_AT = 2 * SETTINGS.length;
/** Settings, whether each is told, the latent, whether it is told. */
export const STYLE_VALUES = 2 * SETTINGS.length + LATENT + 1;

export type StyleSettings = Partial<Record<(typeof SETTINGS)[number], number | undefined>>;

/** `steps × STYLE_VALUES`: what a player asks for, the same throughout. */
export function tellStyle(asked: StyleSettings, steps: number): Float32Array {
  const style = new Float32Array(steps * STYLE_VALUES);
  SETTINGS.forEach((name, i) => {
    const value = asked[name];
    if (value === undefined) return;
    for (let t = 0; t < steps; t++) {
      style[t * STYLE_VALUES + i] = value;
      style[t * STYLE_VALUES + SETTINGS.length + i] = 1;
    }
  });
  return style;
}

/** Adds a texture drawn by chance for each section, the same where a section comes again. */
export function drawTexture(style: Float32Array, song: Song, steps: readonly Step[]): void {
  const values = new Map<string, number[]>();
  steps.forEach(({ bar }, t) => {
    const { label } = song.places[bar];
    let latent = values.get(label);
    if (!latent) {
      latent = Array.from({ length: LATENT }, (_, i) => bell(song.settings.seed, STYLE_KEY, label, i));
      values.set(label, latent);
    }
    const at = t * STYLE_VALUES + LATENT_AT;
    style.set(latent, at);
    style[at + LATENT] = 1;
  });
}
