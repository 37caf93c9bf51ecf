/** A probability in 8 bits, × 255 and rounded; NaN and what lies below 0 become 0. */
export function toByte(probability: number): number {
  const value = probability * 255;
  // NaN compares false.
  return value > 0 ? Math.min(255, Math.round(value)) : 0;
}
