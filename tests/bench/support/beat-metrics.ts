/** One-to-one matches within a tolerance, both lists ascending. */
function countMatches(reference: readonly number[], estimate: readonly number[], tolerance: number): number {
  let matches = 0;
  let r = 0;
  let e = 0;
  while (r < reference.length && e < estimate.length) {
    const difference = estimate[e] - reference[r];
    if (Math.abs(difference) <= tolerance) {
      matches++;
      r++;
      e++;
    } else if (difference > 0) r++;
    else e++;
  }
  return matches;
}

/** Beat F-measure within ±70 ms (metrics.md). */
export function beatF(reference: readonly number[], estimate: readonly number[], tolerance = 0.07): number {
  if (reference.length + estimate.length === 0) return 1;
  return (2 * countMatches(reference, estimate, tolerance)) / (reference.length + estimate.length);
}

/** The same beats at twice and half the tempo: {as is, every other from 0, every other from 1, doubled}. */
export function listOctaves(beats: readonly number[]): Record<string, number[]> {
  const doubled = beats.flatMap((time, i) =>
    i + 1 < beats.length ? [time, (time + beats[i + 1]) / 2] : [time],
  );
  return {
    'as is': [...beats],
    'every other from 0': beats.filter((_, i) => i % 2 === 0),
    'every other from 1': beats.filter((_, i) => i % 2 === 1),
    doubled,
  };
}
