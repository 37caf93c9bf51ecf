import { decodeToStereo } from '../audio/decode-to-stereo.ts';
import { measure } from './mix.ts';
import type { PlayedNote } from './performance.ts';
import { OUTPUT_RATE, renderPiano } from './render-piano.ts';

/** Seconds of the take that are played to measure it: its middle, which is representative and soon done. */
const EXCERPT = 20;

/** How loud a recording is, in LUFS; null for silence. @throws SongleafError what decoding throws */
export async function measureRecord(file: string): Promise<number | null> {
  return (await measure(() => decodeToStereo(file, { sampleRate: OUTPUT_RATE }), OUTPUT_RATE)).loudness;
}

/** How loud a take is on the piano, in LUFS; null where it has no notes. */
export async function measurePiano(font: Uint8Array, notes: readonly PlayedNote[]): Promise<number | null> {
  const excerpt = middleOf(notes);
  const part = () => renderPiano(font, excerpt, { cents: 0, seconds: EXCERPT });
  return (await measure(part, OUTPUT_RATE)).loudness;
}

function middleOf(notes: readonly PlayedNote[]): PlayedNote[] {
  if (notes.length === 0) return [];
  const middle = (notes[0]!.start + notes.at(-1)!.end) / 2;
  const from = Math.max(notes[0]!.start, middle - EXCERPT / 2);
  return notes
    .filter(({ start }) => start >= from && start < from + EXCERPT)
    .map((note) => ({ ...note, start: note.start - from, end: note.end - from }));
}
