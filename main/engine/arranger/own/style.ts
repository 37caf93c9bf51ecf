import { bell } from '../random.ts';
import type { Song } from '../song.ts';
import type { Step } from './steps.ts';

/** Keeps this chance apart from that of notes. */
const STYLE_KEY = 'style';
/** A player's settings in the order of the network; each about -2 to 2, 0 what pianists write on the mean. */
const SETTINGS = ['density', 'register', 'drive', 'closeness'] as const;
/** Numbers for whatever else makes a texture; pianists' passages have about 0 on the mean with a deviation of 1. */
export const LATENT = 16;
const LATENT_AT = 2 * SETTINGS.length;
/** Settings, whether each is told, the latent, whether it is told. */
export const STYLE_VALUES = 2 * SETTINGS.length + LATENT + 1;

/** As far as the contract lets a player lean. */
const MOST_LEANING = 2;

export type StyleSettings = Partial<Record<(typeof SETTINGS)[number], number | undefined>>;

/** `steps × STYLE_VALUES` that tell nothing, so that the song decides. */
export function emptyStyle(steps: number): Float32Array {
  return new Float32Array(steps * STYLE_VALUES);
}

/** Tells a step some settings, in the place of what was told of them before. */
export function tellSettings(style: Float32Array, t: number, settings: StyleSettings): void {
  SETTINGS.forEach((name, i) => {
    const value = settings[name];
    if (value === undefined) return;
    style[t * STYLE_VALUES + i] = value;
    style[t * STYLE_VALUES + SETTINGS.length + i] = 1;
  });
}

/** Tells a step a latent of `LATENT` numbers. */
export function tellLatent(style: Float32Array, t: number, latent: ArrayLike<number>): void {
  const at = t * STYLE_VALUES + LATENT_AT;
  style.set(latent, at);
  style[at + LATENT] = 1;
}

/** Adds a texture drawn by chance for each section, the same where a section comes again. */
export function drawTexture(
  style: Float32Array,
  seed: number,
  { places }: Pick<Song, 'places'>,
  steps: readonly Step[],
): void {
  const values = new Map<string, number[]>();
  steps.forEach(({ bar }, t) => {
    const { label } = places[bar];
    let latent = values.get(label);
    if (!latent) {
      latent = Array.from({ length: LATENT }, (_, i) => bell(seed, STYLE_KEY, label, i));
      values.set(label, latent);
    }
    tellLatent(style, t, latent);
  });
}

/** Between two styles, `share` 0 the first and 1 the second: what both tell; of what one alone tells, nothing. */
export function blendStyles(one: Float32Array, other: Float32Array, share: number): Float32Array {
  const blended = new Float32Array(one.length);
  for (let at = 0; at < one.length; at += STYLE_VALUES) {
    const blend = (value: number, told: number) => {
      if (one[at + told] !== 1 || other[at + told] !== 1) return;
      blended[at + value] = one[at + value] + share * (other[at + value] - one[at + value]);
      blended[at + told] = 1;
    };
    for (let i = 0; i < SETTINGS.length; i++) blend(i, SETTINGS.length + i);
    for (let i = 0; i < LATENT; i++) blend(LATENT_AT + i, LATENT_AT + LATENT);
  }
  return blended;
}

/** The density that steps are told on the mean, within what a player can ask for; undefined where none is. */
export function meanDensity(style: Float32Array): number | undefined {
  let [sum, count] = [0, 0];
  for (let at = 0; at < style.length; at += STYLE_VALUES) {
    if (style[at + SETTINGS.length] !== 1) continue;
    sum += style[at];
    count++;
  }
  return count === 0 ? undefined : Math.min(MOST_LEANING, Math.max(-MOST_LEANING, sum / count));
}
