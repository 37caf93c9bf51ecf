import { readAiffHeader } from './aiff-header.ts';
import { absurdFormat, corrupt, emptyAudio, protectedAudio, tooLong, unsupported } from './audio-errors.ts';
import type { AudioFile } from './audio-file.ts';
import { readFlacHeader } from './flac-header.ts';
import type { AudioFormat } from './formats.ts';
import { type FrameStream, measureFrames } from './frame-stream.ts';
import { identify } from './identify.ts';
import { isPlausibleRate, MAX_CHANNELS, MAX_SECONDS } from './limits.ts';
import { mp4CodecName, readMp4Header } from './mp4-header.ts';
import { measureOgg, readOggHeader } from './ogg-header.ts';
import { frameSize, type PcmLayout } from './pcm.ts';
import type { StreamCodec } from './stream-decoders.ts';
import { readWavHeader } from './wav-header.ts';

interface ProbeBase {
  format: AudioFormat;
  /** Seconds by the headers; null where they do not tell. */
  duration: number | null;
  /** The container's MIME type. */
  mimeType: string;
}

/** What the headers say, enough to choose and feed a decoder. */
export type Probe = NativeProbe | ExternalProbe;

/** A file for Songleaf's own decoders. */
export type NativeProbe =
  | (ProbeBase & { way: 'pcm'; layout: PcmLayout })
  | (ProbeBase & { way: 'stream'; codec: StreamCodec; offset: number; sampleRate: number; channels: number });

export type ExternalProbe = ProbeBase & { way: 'external'; codec: 'AAC' | 'ALAC' };

/** Bytes a second that even digital silence takes in any of these formats. */
const LEAST_BYTES_PER_SECOND = 50;

/**
 * Finds out what a file is without decoding it.
 * @throws SongleafError audio-unsupported, audio-protected, audio-empty, audio-corrupt, audio-too-long,
 *   file-unreadable
 */
export async function probeAudio(file: AudioFile): Promise<Probe> {
  const probe = await readHeaders(file);
  if (probe.way === 'stream') checkFormat(file.path, probe.sampleRate, probe.channels);
  // A length that the file is far too small for is a damaged header: decoding will tell the truth.
  if (probe.duration !== null && file.size < probe.duration * LEAST_BYTES_PER_SECOND) probe.duration = null;
  if (probe.duration !== null && probe.duration > MAX_SECONDS) throw tooLong(file.path, probe.duration);
  return probe;
}

async function readHeaders(file: AudioFile): Promise<Probe> {
  const container = await identify(file);
  switch (container.kind) {
    case 'wav':
      return pcmProbe(file.path, 'wav', await readWavHeader(file, container.start));
    case 'aiff':
      return pcmProbe(file.path, 'aiff', await readAiffHeader(file, container.start));
    case 'flac':
      return probeFlac(file, container.start);
    case 'ogg':
      return probeOgg(file, container.start);
    case 'mp4':
      return probeMp4(file, container.start);
    case 'frames':
      return probeFrames(file, container.stream);
  }
}

function checkFormat(path: string, sampleRate: number, channels: number): void {
  if (!isPlausibleRate(sampleRate) || channels < 1 || channels > MAX_CHANNELS) {
    throw absurdFormat(path, sampleRate, channels);
  }
}

function pcmProbe(path: string, format: 'wav' | 'aiff', layout: PcmLayout): Probe {
  checkFormat(path, layout.sampleRate, layout.channels);
  if (layout.length < frameSize(layout)) throw emptyAudio(path, 'holds no samples');
  return {
    way: 'pcm',
    format,
    mimeType: `audio/${format}`,
    layout,
    duration: layout.length / frameSize(layout) / layout.sampleRate,
  };
}

async function probeFlac(file: AudioFile, start: number): Promise<Probe> {
  const header = await readFlacHeader(file, start);
  if (!header) throw corrupt(file.path, 'has a broken flac header');
  const { sampleRate, channels, totalSamples, offset } = header;
  const duration = totalSamples > 0 && sampleRate > 0 ? totalSamples / sampleRate : null;
  return {
    way: 'stream',
    format: 'flac',
    mimeType: 'audio/flac',
    codec: 'flac',
    offset,
    sampleRate,
    channels,
    duration,
  };
}

async function probeOgg(file: AudioFile, start: number): Promise<Probe> {
  const header = await readOggHeader(file, start);
  if (!header) {
    throw unsupported(file.path, 'is an Ogg file without a Vorbis, Opus or FLAC sound track at its start');
  }
  const { codec, sampleRate, channels } = header;
  const duration = sampleRate > 0 ? await measureOgg(file, header) : null;
  return {
    way: 'stream',
    format: codec,
    mimeType: 'audio/ogg',
    codec,
    offset: start,
    sampleRate,
    channels,
    duration,
  };
}

async function probeMp4(file: AudioFile, start: number): Promise<Probe> {
  const header = await readMp4Header(file, start);
  if (header.isProtected) throw protectedAudio(file.path);
  if (header.codec === null) throw corrupt(file.path, 'is an MP4 file in which no sound track can be found');
  const codec = mp4CodecName(header.codec);
  if (codec !== 'AAC' && codec !== 'ALAC') {
    throw unsupported(file.path, 'is an MP4 file whose sound is neither AAC nor ALAC');
  }
  return { way: 'external', format: 'm4a', mimeType: 'audio/mp4', codec, duration: header.duration };
}

async function probeFrames(file: AudioFile, stream: FrameStream): Promise<Probe> {
  const duration = await measureFrames(file, stream);
  if (stream.first.kind === 'adts')
    return { way: 'external', format: 'aac', mimeType: 'audio/aac', codec: 'AAC', duration };
  const { sampleRate, channels } = stream.first;
  return {
    way: 'stream',
    format: 'mp3',
    mimeType: 'audio/mpeg',
    codec: 'mpeg',
    offset: stream.offset,
    sampleRate,
    channels,
    duration,
  };
}
