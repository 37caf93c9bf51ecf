import { SongleafError } from '../contract/errors.ts';
import { decodeToMono } from './audio/decode-to-mono.ts';
import { decodeToStereo } from './audio/decode-to-stereo.ts';
import type { ExternalDecoder } from './audio/external-decoder.ts';
import { hearVoice } from './separation/hear-voice.ts';
import { SEPARATOR_RATE } from './separation/separate.ts';
import type { Transcriber } from './transcriber.ts';
import { BeatListener } from './transcription/beat-listener.ts';
import { listenForChords } from './transcription/chord-listener.ts';
import { type Evidence, SAMPLE_RATE } from './transcription/evidence.ts';
import { type NetworkOptions, withNetwork } from './transcription/network.ts';
import { transcribe } from './transcription/transcribe.ts';

export const separateChoices = ['always', 'never'] as const;
export type SeparateChoice = (typeof separateChoices)[number];

export interface ListenOptions extends NetworkOptions {
  signal?: AbortSignal;
  decodeExternally?: ExternalDecoder;
  /** Whether the voice is separated and followed; `never` where left out. */
  separate?: SeparateChoice;
  /** Told how much of the listening is done, 0 to 1. */
  onProgress?: (fraction: number) => void;
}

export interface Listened {
  evidence: Evidence;
  /** What is amiss with the file without making it useless, as sentences. */
  notes: readonly string[];
  /** Length of the decoded audio. */
  seconds: number;
}

/**
 * Recordings up to this length are kept in memory for the second pass (88 kB a second, 159 MB at most); longer ones are
 * decoded again, which takes a third as long as the transcriber does.
 */
const KEEP_SECONDS = 1800;
/** Share of the first pass (notes and beats) in the listening; the second one hears chords. */
const FIRST_PASS = 0.65;

/**
 * Listens to a recording with every network: notes and beats while it is decoded, then chords, whose tuning has to be
 * known before.
 * @throws SongleafError every audio code of `errors.ts`, `cancelled`, `model-missing`, `model-corrupt`
 */
export async function listen(
  file: string,
  duration: number,
  transcriber: Transcriber,
  options: ListenOptions,
): Promise<Listened> {
  const { signal, onProgress } = options;
  let notes: readonly string[] = [];
  let seconds = 0;
  const decode = () =>
    decodeToMono(file, {
      sampleRate: SAMPLE_RATE,
      onEnd: (summary) => {
        notes = summary.notes;
        seconds = summary.duration;
      },
      ...(signal ? { signal } : {}),
      ...(options.decodeExternally ? { decodeExternally: options.decodeExternally } : {}),
    });
  let kept: Float32Array[] | null = [];
  let samples = 0;
  const heard = await withNetwork('beatnet', options, async (network) => {
    const beats = new BeatListener(network, duration);
    async function* overhear(): AsyncGenerator<Float32Array> {
      for await (const block of decode()) {
        samples += block.length;
        // A header may promise less than there is.
        if (samples > KEEP_SECONDS * SAMPLE_RATE) kept = null;
        kept?.push(block.slice());
        await beats.push(block);
        yield block;
      }
    }
    const evidence = await transcriber.use((notesNetwork) =>
      transcribe(overhear(), notesNetwork, {
        expectedSeconds: duration,
        ...(signal ? { signal } : {}),
        onProgress: (time) => onProgress?.((FIRST_PASS * time) / Math.max(duration, time, 1)),
      }),
    );
    return { ...evidence, ...(await beats.finish()) };
  });
  const [keptNotes, keptSeconds] = [notes, seconds];
  const blocks = kept;
  try {
    const chords = await listenForChords(() => (blocks ? replay(blocks) : decode()), {
      ...options,
      expectedSeconds: samples / SAMPLE_RATE,
      onProgress: (fraction) => onProgress?.(FIRST_PASS + (1 - FIRST_PASS) * fraction),
    });
    const voice =
      options.separate === 'always'
        ? await hearVoice(
            decodeToStereo(file, {
              sampleRate: SEPARATOR_RATE,
              ...(signal ? { signal } : {}),
              ...(options.decodeExternally ? { decodeExternally: options.decodeExternally } : {}),
            }),
            { ...options, expectedSeconds: samples / SAMPLE_RATE },
          )
        : {};
    return { evidence: { ...heard, ...chords, ...voice }, notes: keptNotes, seconds: keptSeconds };
  } catch (error) {
    if (!signal?.aborted) throw error;
    throw new SongleafError('cancelled', 'The work was cancelled.', 'Start it again when you like.');
  }
}

async function* replay(blocks: readonly Float32Array[]): AsyncGenerator<Float32Array> {
  for (const block of blocks) {
    yield block;
    // Lets messages in, a cancel among them.
    await new Promise((resolve) => setImmediate(resolve));
  }
}
