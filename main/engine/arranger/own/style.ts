/** A player's settings in the order of the network; each about -2 to 2, 0 what pianists write on the mean. */
const SETTINGS = ['density', 'register', 'drive', 'closeness'] as const;
/** Numbers for whatever else makes a texture, and whether they are told: not yet. */
const LATENT = 8;
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
