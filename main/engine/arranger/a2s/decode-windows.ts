import { KEYS, LOWEST_PITCH } from '../../transcription/evidence.ts';
import type { Network } from '../../transcription/network.ts';
import { corrupt } from './encode-song.ts';
import { WINDOW_STEPS, type WrittenNote } from './windows.ts';

/** Notes of a step at most. */
const SLOTS = 14;
const BATCH = 64;

/**
 * Writes the notes of windows from their latents, `windows × size`, with the network `a2s-decode`. Of a key written twice
 * in a step the longer note stays; what a piano has no key for is left out.
 * @throws SongleafError `model-corrupt`
 */
export async function decodeWindows(
  latents: Float32Array,
  size: number,
  decoder: Network,
): Promise<WrittenNote[][]> {
  const windows: WrittenNote[][] = [];
  for (let first = 0; first < latents.length / size; first += BATCH) {
    const z = latents.slice(first * size, (first + BATCH) * size);
    const count = z.length / size;
    const { pitch, duration } = await decoder.run({ z: { data: z, shape: [count, size] } });
    const cells = count * WINDOW_STEPS * SLOTS;
    if (pitch?.length !== cells || duration?.length !== cells) throw corrupt();
    for (let row = 0; row < count; row++) windows.push(readNotes(pitch, duration, row));
  }
  return windows;
}

function readNotes(pitch: Float32Array, duration: Float32Array, row: number): WrittenNote[] {
  const notes: WrittenNote[] = [];
  for (let step = 0; step < WINDOW_STEPS; step++) {
    const lengths = new Map<number, number>();
    for (let slot = 0; slot < SLOTS; slot++) {
      const cell = (row * WINDOW_STEPS + step) * SLOTS + slot;
      const key = pitch[cell] - LOWEST_PITCH;
      if (key < 0 || key >= KEYS) continue;
      lengths.set(pitch[cell], Math.max(duration[cell], lengths.get(pitch[cell]) ?? 0));
    }
    for (const [own, length] of [...lengths].sort(([a], [b]) => a - b)) {
      notes.push({ step, pitch: own, length });
    }
  }
  return notes;
}
