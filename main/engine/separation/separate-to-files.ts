import { SongleafError } from '../../contract/errors.ts';
import { decodeToStereo } from '../audio/decode-to-stereo.ts';
import type { ExternalDecoder } from '../audio/external-decoder.ts';
import { type NetworkOptions, withNetwork } from '../transcription/network.ts';
import { workCancelled } from '../work-cancelled.ts';
import { WHOLE_BAND } from './band.ts';
import { separate } from './separate.ts';
import { writeStems } from './write-stems.ts';

export interface SeparateToFilesOptions extends NetworkOptions {
  signal?: AbortSignal;
  decodeExternally?: ExternalDecoder;
  expectedSeconds: number;
  /** Told how much is done, 0 to 1. */
  onProgress?: (fraction: number) => void;
}

/** Separates a recording into two files, streamed. @throws SongleafError audio codes, `file-unwritable`, `cancelled` */
export async function separateToFiles(
  file: string,
  targets: { vocals: string; accompaniment: string },
  options: SeparateToFilesOptions,
): Promise<void> {
  const { signal, decodeExternally, expectedSeconds, onProgress } = options;
  try {
    await withNetwork('separator', options, async (network) => {
      let samples = 0;
      async function* count() {
        const blocks = decodeToStereo(file, {
          sampleRate: WHOLE_BAND.rate,
          ...(signal ? { signal } : {}),
          ...(decodeExternally ? { decodeExternally } : {}),
        });
        for await (const stretch of separate(blocks, network, options)) {
          yield stretch;
          samples += stretch.mix[0].length;
          onProgress?.(Math.min(1, samples / WHOLE_BAND.rate / Math.max(expectedSeconds, 1)));
        }
      }
      await writeStems(count(), targets);
    });
  } catch (error) {
    if (!signal?.aborted || error instanceof SongleafError) throw error;
    throw workCancelled();
  }
}
