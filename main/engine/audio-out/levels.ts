import type { Levels } from '../../contract/performance.ts';
import { decodeToStereo } from '../audio/decode-to-stereo.ts';
import { measure } from './mix.ts';
import type { PlayedNote } from './performance.ts';
import { OUTPUT_RATE, renderPiano } from './render-piano.ts';

/** Seconds of the take that are played to measure it: its middle, which is representative and soon done. */
const EXCERPT = 20;

/**
 * How loud a recording and a take of it are.
 * @param file a WAV file of the recording
 * @throws SongleafError what decoding throws
 */
export async function measureLevels(
  file: string,
  font: Uint8Array,
  notes: readonly PlayedNote[],
): Promise<Levels> {
  const record = await measure(() => decodeToStereo(file, { sampleRate: OUTPUT_RATE }), OUTPUT_RATE);
  const excerpt = middleOf(notes);
  const piano = await measure(() => renderPiano(font, excerpt, { cents: 0, seconds: EXCERPT }), OUTPUT_RATE);
  return { record: record.loudness, piano: piano.loudness };
}

function middleOf(notes: readonly PlayedNote[]): PlayedNote[] {
  if (notes.length === 0) return [];
  const middle = (notes[0]!.start + notes.at(-1)!.end) / 2;
  const from = Math.max(notes[0]!.start, middle - EXCERPT / 2);
  return notes
    .filter(({ start }) => start >= from && start < from + EXCERPT)
    .map((note) => ({ ...note, start: note.start - from, end: note.end - from }));
}
