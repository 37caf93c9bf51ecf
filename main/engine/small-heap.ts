import v8 from 'node:v8';

/**
 * Has V8 collect garbage early rather than let the heap grow, for processes that do the engine's work: arranging and
 * engraving make many short-lived objects. Measured on a song of 20 minutes: 296 MB at the peak instead of 439, in the
 * same time. To be called before anything large is made.
 */
export function keepHeapSmall(): void {
  v8.setFlagsFromString('--optimize-for-size');
}
