import { absurdFormat, checkAborted } from './audio-errors.ts';
import { openAudioFile, withAudioFile } from './audio-file.ts';
import { decodePcmFile } from './decode-pcm-file.ts';
import type { Decoded, DecodeState } from './decode-state.ts';
import { decodeStream } from './decode-stream.ts';
import type { ExternalAudio, ExternalDecoder } from './external-decoder.ts';
import { openWithFfmpeg } from './ffmpeg.ts';
import type { AudioFormat } from './formats.ts';
import { guardChunks } from './guard-chunks.ts';
import { isPlausibleRate, MAX_CHANNELS } from './limits.ts';
import { frameSize } from './pcm.ts';
import { type ExternalProbe, type NativeProbe, type Probe, probeAudio } from './probe.ts';
import { readTags, type Tags } from './tags.ts';

export interface OpenOptions {
  signal?: AbortSignal;
  /** Decodes AAC instead of ffmpeg. ALAC, which browser engines lack, still goes to ffmpeg. */
  decodeExternally?: ExternalDecoder;
  /** Where ffmpeg is looked for, in PATH's syntax; the environment's PATH unless told. */
  searchPath?: string;
}

/** A recording ready to be decoded, as often as wanted. Between decodings it holds no file open and no memory. */
export interface AudioSource {
  readonly path: string;
  readonly format: AudioFormat;
  /** Hz, of all chunks. */
  readonly sampleRate: number;
  /** Arrays in a chunk, save that mp3 always decodes to two. */
  readonly channels: number;
  /** Seconds by the headers, an estimate; null where they do not tell. */
  readonly duration: number | null;
  readonly info: Tags;
  /** What is amiss without making the file useless, as sentences; complete once it has been decoded. */
  readonly notes: readonly string[];
  /** Share of the file that the latest decoding has reached, 0 to 1, never falling. */
  fraction(): number;
  /**
   * The sound in order, one array per channel, finite samples, full scale = ±1. WAV's channel order from three channels
   * on. Chunks vary in length and are fresh arrays. A truncated or damaged file gives what can be decoded.
   * @throws SongleafError audio-empty or audio-corrupt (less than 0.2 s can be decoded), audio-too-long, cancelled,
   *   file-unreadable
   */
  chunks(): AsyncIterable<Float32Array[]>;
}

/**
 * Opens a recording, whatever its name says it is: the content decides.
 * @throws SongleafError file-not-found, file-unreadable, audio-empty, audio-unsupported, audio-protected,
 *   audio-corrupt, audio-too-long, decoder-missing, cancelled
 */
export async function openAudio(path: string, options: OpenOptions = {}): Promise<AudioSource> {
  const { signal } = options;
  checkAborted(path, signal);
  const probe = await withAudioFile(path, probeAudio);
  checkAborted(path, signal);
  const { tags, notes } = await readTags(path, probe.mimeType);
  checkAborted(path, signal);
  const { sampleRate, channels, decode } =
    probe.way === 'external' ? await openExternally(path, probe, options) : openNatively(path, probe);
  const { format, duration } = probe;
  let state: DecodeState = { fraction: 0, damage: null };
  return {
    path,
    format,
    sampleRate,
    channels,
    duration,
    info: tags,
    notes,
    fraction: () => state.fraction,
    chunks: () => {
      state = { fraction: 0, damage: null };
      const note = (text: string) => {
        if (!notes.includes(text)) notes.push(text);
      };
      return guardChunks(decode(state), {
        path,
        sampleRate,
        promised: promisedSeconds(probe),
        signal,
        state,
        note,
      });
    },
  };
}

/** A truncated wav or aiff file still states its full length; `probe.duration` is what is left of it. */
function promisedSeconds(probe: Probe): number | null {
  if (probe.way !== 'pcm') return probe.duration;
  return probe.layout.statedLength / frameSize(probe.layout) / probe.layout.sampleRate;
}

interface Opened {
  sampleRate: number;
  channels: number;
  decode: (state: DecodeState) => AsyncGenerator<Decoded>;
}

function openNatively(path: string, probe: NativeProbe): Opened {
  const { sampleRate, channels } = probe.way === 'pcm' ? probe.layout : probe;
  return { sampleRate, channels, decode: (state) => decodeNatively(path, probe, state) };
}

async function* decodeNatively(
  path: string,
  probe: NativeProbe,
  state: DecodeState,
): AsyncGenerator<Decoded> {
  const file = await openAudioFile(path);
  try {
    if (probe.way === 'pcm') yield* decodePcmFile(file, probe.layout, state);
    else yield* decodeStream(file, probe, state);
  } finally {
    await file.close();
  }
}

async function openExternally(path: string, probe: ExternalProbe, options: OpenOptions): Promise<Opened> {
  const { signal } = options;
  const audio =
    options.decodeExternally && probe.codec !== 'ALAC'
      ? await options.decodeExternally(path, { signal })
      : await openWithFfmpeg(path, {
          demuxer: probe.format === 'm4a' ? 'mov' : 'aac',
          codec: probe.codec,
          searchPath: options.searchPath ?? process.env.PATH ?? '',
          signal,
        });
  const { sampleRate, channels } = audio;
  if (!isPlausibleRate(sampleRate) || channels < 1 || channels > MAX_CHANNELS)
    throw absurdFormat(path, sampleRate, channels);
  return { sampleRate, channels, decode: (state) => decodeExternalAudio(audio, probe.duration, state) };
}

async function* decodeExternalAudio(
  audio: ExternalAudio,
  duration: number | null,
  state: DecodeState,
): AsyncGenerator<Decoded> {
  let samples = 0;
  for await (const channelData of audio.chunks()) {
    samples += channelData[0]?.length ?? 0;
    if (duration !== null) state.fraction = Math.min(1, samples / audio.sampleRate / duration);
    yield { channelData, sampleRate: audio.sampleRate };
  }
}
