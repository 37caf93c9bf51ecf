import { mixToMono } from './downmix.ts';
import { type OpenOptions, openAudio } from './open-audio.ts';
import { openResampler } from './resample.ts';

export interface DecodeProgress {
  /** 0 to 1, never falling. */
  fraction: number;
  /** Seconds decoded so far. */
  seconds: number;
  /** Seconds in all by the headers, an estimate; null where they do not tell. */
  duration: number | null;
}

export interface DecodeSummary {
  /** Samples given out. */
  samples: number;
  /** Samples per channel that the file held, at its own rate. */
  inputSamples: number;
  /** Hz, the file's own rate. */
  inputRate: number;
  /** Seconds. */
  duration: number;
  /** What is amiss with the file without making it useless, as sentences. */
  notes: readonly string[];
}

export interface MonoOptions extends OpenOptions {
  /** Hz; 22,050 unless told. */
  sampleRate?: number;
  /** Samples in every block but the last; 65,536 (3 s) unless told. */
  blockSize?: number;
  onProgress?: (progress: DecodeProgress) => void;
  /** Called once, after the last block. */
  onEnd?: (summary: DecodeSummary) => void;
}

/**
 * Decodes a recording to one channel at one sample rate, in blocks of fresh arrays; only the last may be shorter.
 * Sample i lies at i / `sampleRate` seconds of the recording, and there are round(length × ratio) ± 1 of them. Memory
 * stays bounded however long the file is. Leaving the loop early frees everything.
 * @throws SongleafError what `openAudio` and its `chunks` throw
 */
export async function* decodeToMono(path: string, options: MonoOptions = {}): AsyncGenerator<Float32Array> {
  const { sampleRate = 22_050, blockSize = 65_536 } = options;
  const source = await openAudio(path, options);
  const resampler = openResampler(source.sampleRate, sampleRate);
  const blocks = new BlockCutter(blockSize);
  let inputSamples = 0;
  let samples = 0;
  for await (const chunk of source.chunks()) {
    const mono = mixToMono(chunk);
    inputSamples += mono.length;
    for (const block of blocks.add(resampler.process(mono))) {
      samples += block.length;
      const { duration } = source;
      options.onProgress?.({ fraction: source.fraction(), seconds: samples / sampleRate, duration });
      yield block;
    }
  }
  for (const block of [...blocks.add(resampler.finish()), ...blocks.rest()]) {
    samples += block.length;
    yield block;
  }
  const seconds = inputSamples / source.sampleRate;
  options.onProgress?.({ fraction: 1, seconds, duration: source.duration });
  options.onEnd?.({
    samples,
    inputSamples,
    inputRate: source.sampleRate,
    duration: seconds,
    notes: source.notes,
  });
}

/** Cuts a stream of samples into blocks of one length. */
class BlockCutter {
  private block: Float32Array;
  private filled = 0;
  private readonly size: number;

  constructor(size: number) {
    this.size = size;
    this.block = new Float32Array(size);
  }

  *add(samples: Float32Array): Generator<Float32Array> {
    for (let at = 0; at < samples.length; ) {
      const part = samples.subarray(at, at + this.size - this.filled);
      this.block.set(part, this.filled);
      this.filled += part.length;
      at += part.length;
      if (this.filled === this.size) {
        yield this.block;
        this.block = new Float32Array(this.size);
        this.filled = 0;
      }
    }
  }

  *rest(): Generator<Float32Array> {
    if (this.filled > 0) yield this.block.slice(0, this.filled);
    this.filled = 0;
  }
}
