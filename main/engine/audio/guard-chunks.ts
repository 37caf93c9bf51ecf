import { checkAborted, corrupt, emptyAudio, tooLong } from './audio-errors.ts';
import type { Decoded, DecodeState } from './decode-state.ts';
import { isPlausibleRate, MAX_CHANNELS, MAX_LEVEL, MAX_SECONDS, MIN_SECONDS } from './limits.ts';
import { matchRate } from './match-rate.ts';

/** Seconds missing at the end that are worth telling; headers are rarely exact. */
const NOTABLE_LOSS = 2;
/** Streams do change between 8 and 48 kHz. */
const MAX_STRETCH = 8;

export interface GuardOptions {
  path: string;
  /** Hz that all chunks shall have. */
  sampleRate: number;
  /** Seconds that the headers promise, or null. */
  promised: number | null;
  signal: AbortSignal | undefined;
  state: DecodeState;
  /** Receives a sentence where part of the file could not be decoded. */
  note: (text: string) => void;
}

/**
 * Lets a decoder's output through as long as it is sane: one sample rate, finite samples, not too long, and not too
 * short in the end.
 * @throws SongleafError audio-empty, audio-corrupt, audio-too-long, cancelled, and what `decoded` throws
 */
export async function* guardChunks(
  decoded: AsyncIterable<Decoded>,
  options: GuardOptions,
): AsyncGenerator<Float32Array[]> {
  const { path, sampleRate, promised, state } = options;
  checkAborted(path, options.signal);
  let samples = 0;
  for await (const { channelData, sampleRate: rate } of decoded) {
    checkAborted(path, options.signal);
    if (!channelData[0]?.length) continue;
    if (channelData.length > MAX_CHANNELS || !canMatch(rate, sampleRate)) {
      options.note('Damaged parts with an impossible number of channels or sample rate were left out.');
      continue;
    }
    const chunk = rate === sampleRate ? [...channelData] : matchRate(channelData, rate, sampleRate);
    for (const channel of chunk) silenceNonsense(channel);
    samples += chunk[0]!.length;
    if (samples > MAX_SECONDS * sampleRate) throw tooLong(path, samples / sampleRate);
    yield chunk;
  }
  const seconds = samples / sampleRate;
  if (seconds < MIN_SECONDS) throw tooShort(path, seconds, promised, state.damage);
  state.fraction = 1;
  if (state.damage !== null || (promised !== null && seconds < promised - NOTABLE_LOSS)) {
    const total = promised === null ? '' : ` of ${promised.toFixed(0)} s`;
    options.note(
      `The file is damaged or incomplete: only the first ${seconds.toFixed(0)} s${total} could be read.`,
    );
  }
}

/** Whether a chunk may be stretched from one rate to the other; a lie about the rate could otherwise fill the memory. */
function canMatch(from: number, to: number): boolean {
  return isPlausibleRate(from) && from <= to * MAX_STRETCH && to <= from * MAX_STRETCH;
}

/** Replaces what is not a sample (NaN, infinity, absurd levels) by silence. */
function silenceNonsense(samples: Float32Array): void {
  for (let i = 0; i < samples.length; i++) {
    // Written so that NaN fails it too.
    if (!(Math.abs(samples[i]!) <= MAX_LEVEL)) samples[i] = 0;
  }
}

function tooShort(path: string, seconds: number, promised: number | null, damage: string | null): Error {
  if (damage !== null || (promised ?? 0) >= MIN_SECONDS || seconds === 0) {
    return corrupt(
      path,
      `holds only ${seconds.toFixed(2)} s of sound that can be decoded`,
      damage ?? undefined,
    );
  }
  return emptyAudio(path, `lasts only ${seconds.toFixed(2)} s`);
}
