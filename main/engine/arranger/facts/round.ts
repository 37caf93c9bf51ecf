/** Thousandths: finer than any use, and the same on every machine. */
export function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
