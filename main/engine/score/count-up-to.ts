/** How many of the sorted begin at or before a tick. */
export function countUpTo(sorted: readonly { start: number }[], tick: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.start <= tick) low = middle + 1;
    else high = middle;
  }
  return low;
}
