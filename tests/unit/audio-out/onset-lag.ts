/** Seconds of a step of an attack curve. */
const STEP = 0.001;
/** Seconds, before and after, that a lag is looked for in. */
const REACH = 0.06;
/** Seconds that the level is taken over: shorter than a period of the lowest key, so on a curve without the bass. */
const WINDOW = 0.004;

/** How strongly something begins at each millisecond: the rise of the level, in the logarithm. */
export function attacks(audio: Float32Array, sampleRate: number): Float32Array {
  const bright = audio.map((sample, i) => sample - (audio[i - 1] ?? 0));
  const steps = Math.floor(audio.length / sampleRate / STEP);
  const levels = Float32Array.from({ length: steps }, (_, step) => {
    const from = Math.round(step * STEP * sampleRate);
    const window = bright.subarray(from, from + Math.round(WINDOW * sampleRate));
    return Math.log10(1e-9 + window.reduce((sum, sample) => sum + sample * sample, 0) / window.length);
  });
  return levels.map((level, i) => Math.max(0, level - (levels[i - 2] ?? level)));
}

/** The same curve for times that are known: a blur of 3 ms at each. */
export function attacksAt(times: readonly number[], seconds: number): Float32Array {
  const curve = new Float32Array(Math.floor(seconds / STEP));
  for (const time of times) {
    for (let i = -8; i <= 8; i++) {
      const at = Math.round(time / STEP) + i;
      if (at >= 0 && at < curve.length) curve[at]! += Math.exp(-((i / 3) ** 2) / 2);
    }
  }
  return curve;
}

/** By how many seconds `later` lies behind `earlier` from one second to another: where their product is greatest. */
export function lagOf(earlier: Float32Array, later: Float32Array, from: number, to: number): number {
  const reach = Math.round(REACH / STEP);
  let best = Number.NEGATIVE_INFINITY;
  let lag = 0;
  for (let shift = -reach; shift <= reach; shift++) {
    let product = 0;
    for (let i = Math.round(from / STEP); i < Math.round(to / STEP); i++) {
      product += (earlier[i] ?? 0) * (later[i + shift] ?? 0);
    }
    if (product > best) {
      best = product;
      lag = shift;
    }
  }
  return lag * STEP;
}
