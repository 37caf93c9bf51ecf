import { fileURLToPath } from 'node:url';

/** `a2s` a thousandth the size with drawn weights: `python -m songleaf_models.a2s.fixture`. */
export const tinyNetworks = {
  weightsDir: fileURLToPath(new URL('../../../fixtures/a2s/weights', import.meta.url)),
  threads: 1,
};
