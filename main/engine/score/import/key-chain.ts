/** Log-odds that a change of signature has to gain; found with songs kept aside (`models/signatures/README.md`). */
const CHANGE = 4;

/**
 * Major tonics of the likeliest signatures, bar by bar (Viterbi).
 *
 * @param chances log-probabilities of the twelve in each bar
 */
export function chooseSignatures(chances: readonly Float64Array[]): number[] {
  let sums: Float64Array = new Float64Array(12);
  const sources = chances.map((row, bar) => {
    const best = sums.indexOf(Math.max(...sums));
    const source = new Int8Array(12);
    const next = new Float64Array(12);
    for (let tonic = 0; tonic < 12; tonic++) {
      const changes = bar > 0 && sums[best]! - CHANGE > sums[tonic]!;
      source[tonic] = changes ? best : tonic;
      next[tonic] = row[tonic]! + (changes ? sums[best]! - CHANGE : sums[tonic]!);
    }
    sums = next;
    return source;
  });
  let tonic = sums.indexOf(Math.max(...sums));
  const chosen: number[] = [];
  for (let bar = sources.length - 1; bar >= 0; bar--) {
    chosen.push(tonic);
    tonic = sources[bar]![tonic]!;
  }
  return chosen.reverse();
}
