import { type ArrangeSettings, USUAL_FREEDOM } from '../../contract/arrangement.ts';

/** The seed of the first take, which is the likeliest one. */
export const FIRST_SEED = 1;

/** How much chance has a say in a take, 0 to 1, also where its settings do not say: none in the first take. */
export function usualFreedom({ texture, seed }: Pick<ArrangeSettings, 'texture' | 'seed'>): number {
  return texture?.freedom ?? (seed === FIRST_SEED ? 0 : USUAL_FREEDOM);
}
