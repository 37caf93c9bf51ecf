/** The probability that has these log-odds. */
export function sigmoid(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}
