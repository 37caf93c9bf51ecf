import type { Arrangement } from '../../contract/arrangement.ts';
import type { AudioFormat } from '../../contract/audio.ts';
import { decodeToStereo, type Stereo } from '../audio/decode-to-stereo.ts';
import type { OpenOptions } from '../audio/open-audio.ts';
import { type GivenStems, readGivenStems } from '../separation/given-stems.ts';
import { balance, measure, mixParts, type Part } from './mix.ts';
import { performTake } from './performance.ts';
import { OUTPUT_RATE, renderPiano } from './render-piano.ts';
import { writeAudio } from './write-audio.ts';

/** What sounds beside the piano. */
export type Beside =
  | { mix: 'piano' }
  /** The recording. */
  | { mix: 'record'; file: string }
  /** The recording's voice: of the stems, one is enough. */
  | { mix: 'vocals'; file: string; stems: GivenStems };

export interface ExportAudioOptions extends OpenOptions {
  /** The piano's sound bank (`readPiano`). */
  font: Uint8Array;
  /** The recording's deviation from A = 440 Hz, to which the piano is tuned. */
  cents: number;
  beside: Beside;
  format: AudioFormat;
  /** Told how much is done, 0 to 1. */
  onProgress?: (fraction: number) => void;
}

/**
 * Plays a take on the piano, alone or with the recording or its voice, into a 16-bit stereo file at `OUTPUT_RATE`. The
 * file's time is the recording's, the piano is as loud as what sounds with it, and nothing is clipped. The same input
 * gives the same bytes. Everything is read twice, first to be measured, so that memory is bounded whatever the length.
 * @returns seconds written
 * @throws SongleafError audio codes of the recording or stem, `bad-request` where a stem is not the song's,
 *   `file-unwritable`, `cancelled`
 */
export async function exportAudio(
  arrangement: Arrangement,
  target: string,
  options: ExportAudioOptions,
): Promise<number> {
  const { font, cents, format, signal } = options;
  const notes = performTake(arrangement);
  const playing = { cents, ...(signal ? { signal } : {}) };
  const report = makeReporter(arrangement, options);
  const piano: Part = () => report(renderPiano(font, notes, playing));
  const other = partBeside(options, report);
  const gains = balance(await measure(piano, OUTPUT_RATE), other ? await measure(other, OUTPUT_RATE) : null);
  return await writeAudio(mixParts(piano, other, gains), target, format, OUTPUT_RATE);
}

function partBeside(options: ExportAudioOptions, report: Reporter): Part | null {
  const { beside, signal, decodeExternally } = options;
  const opening = { ...(signal ? { signal } : {}), ...(decodeExternally ? { decodeExternally } : {}) };
  if (beside.mix === 'piano') return null;
  const { file } = beside;
  if (beside.mix === 'record') {
    return () => report(decodeToStereo(file, { ...opening, sampleRate: OUTPUT_RATE }));
  }
  const { stems } = beside;
  return () => report(readVocals(file, stems, opening));
}

async function* readVocals(file: string, stems: GivenStems, options: OpenOptions): AsyncGenerator<Stereo> {
  for await (const { vocals } of readGivenStems(file, stems, options)) yield vocals;
}

type Reporter = (blocks: AsyncIterable<Stereo>) => AsyncGenerator<Stereo>;

/** Counts what is read of all parts, each of them twice and about as long as the song. */
function makeReporter(arrangement: Arrangement, { beside, onProgress }: ExportAudioOptions): Reporter {
  const parts = beside.mix === 'piano' ? 1 : 2;
  const expected = 2 * parts * Math.max(arrangement.song.duration, arrangement.beatTimes.at(-1)!, 1);
  let frames = 0;
  return async function* report(blocks) {
    for await (const block of blocks) {
      frames += block[0].length;
      onProgress?.(Math.min(1, frames / OUTPUT_RATE / expected));
      yield block;
    }
  };
}
