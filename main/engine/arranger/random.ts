/**
 * Random choices that depend on nothing but a seed and what they decide: the same question always gets the same
 * answer, in whatever order questions are asked. Sections with equal labels therefore make equal choices.
 */
type RandomKey = number | string;

/** Mixes a 32-bit word; the finaliser of MurmurHash3 (Appleby, public domain). */
function mix(word: number): number {
  let x = word | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

/** A 32-bit hash of the seed and the keys, in order. Numbers are taken as 32-bit integers. */
export function hashKeys(seed: number, ...keys: readonly RandomKey[]): number {
  let state = mix(seed ^ 0x9e3779b9);
  for (const key of keys) {
    if (typeof key === 'number') {
      state = mix(state ^ mix(key + 0x7f4a7c15));
    } else {
      for (let i = 0; i < key.length; i++) state = mix(state ^ (key.charCodeAt(i) + 0x10001 * (i + 1)));
      state = mix(state ^ key.length);
    }
  }
  return state;
}

/** Uniform in [0, 1). */
export function uniform(seed: number, ...keys: readonly RandomKey[]): number {
  return hashKeys(seed, ...keys) / 0x1_0000_0000;
}

/** Mean 0, standard deviation 1, within ±3: the sum of three uniforms, scaled. */
export function bell(seed: number, ...keys: readonly RandomKey[]): number {
  const sum = uniform(seed, 0, ...keys) + uniform(seed, 1, ...keys) + uniform(seed, 2, ...keys);
  return (sum - 1.5) * 2;
}

/** Normally distributed, mean 0, standard deviation 1 (Box and Muller 1958). */
export function normal(seed: number, ...keys: readonly RandomKey[]): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniform(seed, 0, ...keys)));
  return radius * Math.cos(2 * Math.PI * uniform(seed, 1, ...keys));
}
