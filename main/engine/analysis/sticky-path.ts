/**
 * The best path through states that cost nothing to stay in and the same to enter from anywhere: a Viterbi search in
 * time proportional to steps × states.
 * @param scores one array a step, one value a state, log-likelihoods up to a constant; at least one step
 * @param changeCost cost of changing state into step `i` (i ≥ 1)
 * @returns the state of each step
 */
export function findStickyPath(
  scores: readonly Float32Array[],
  changeCost: (step: number) => number,
): number[] {
  const count = scores[0].length;
  const best = Float64Array.from(scores[0]);
  const from: Int16Array[] = [];
  for (let step = 1; step < scores.length; step++) {
    let top = 0;
    for (let s = 1; s < count; s++) if (best[s] > best[top]) top = s;
    const jump = best[top] - changeCost(step);
    const origin = new Int16Array(count);
    for (let s = 0; s < count; s++) {
      const stays = best[s] >= jump;
      origin[s] = stays ? s : top;
      best[s] = (stays ? best[s] : jump) + scores[step][s];
    }
    from.push(origin);
  }
  let state = best.indexOf(Math.max(...best));
  const path = [state];
  for (let i = from.length - 1; i >= 0; i--) {
    state = from[i][state];
    path.push(state);
  }
  return path.reverse();
}
