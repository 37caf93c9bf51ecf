/**
 * Keeps rows [first, last) of a network's answer that begins at row `low`: chunks are heard with context on either side.
 * @param width values a row
 * @param convert what is kept of each value
 */
export function keepAnswer(
  source: Float32Array,
  target: Uint8Array | Float32Array,
  width: number,
  [low, first, last]: readonly [number, number, number],
  convert: (value: number) => number,
): void {
  const shift = low * width;
  for (let i = first * width; i < last * width; i++) target[i] = convert(source[i - shift]);
}
