import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { checkAborted, corrupt, decoderMissing } from './audio-errors.ts';
import { cleanText } from './clean-text.ts';
import type { ExternalAudio } from './external-decoder.ts';
import { findProgram } from './find-program.ts';
import { MAX_SECONDS } from './limits.ts';
import { decodePcm, frameSize, type SampleFormat } from './pcm.ts';

/** ffmpeg is told what to give, because an AAC header may understate the rate it decodes to (SBR). */
const SAMPLE_RATE = 44_100;
const CHANNELS = 2;
const FORMAT: SampleFormat = {
  encoding: 'float',
  width: 4,
  littleEndian: true,
  channels: CHANNELS,
  sampleRate: SAMPLE_RATE,
};
const FRAME = frameSize(FORMAT);
/** Only the end of what ffmpeg complains about is of use. */
const MAX_COMPLAINT = 400;

export interface FfmpegOptions {
  /** The demuxer, so that ffmpeg does not guess: a playlist in disguise could make it open other files. */
  demuxer: 'mov' | 'aac';
  /** Codec for messages. */
  codec: string;
  /** Where to look for ffmpeg, in PATH's syntax. */
  searchPath: string;
  signal?: AbortSignal;
}

/**
 * Decodes through ffmpeg, which runs while `chunks` is read and is ended with it.
 * @throws SongleafError decoder-missing (no ffmpeg on the search path); while reading: audio-corrupt, cancelled
 */
export async function openWithFfmpeg(path: string, options: FfmpegOptions): Promise<ExternalAudio> {
  const program = await findProgram('ffmpeg', options.searchPath);
  if (!program) throw decoderMissing(path, options.codec);
  return { sampleRate: SAMPLE_RATE, channels: CHANNELS, chunks: () => runFfmpeg(program, path, options) };
}

async function* runFfmpeg(
  program: string,
  path: string,
  options: FfmpegOptions,
): AsyncGenerator<Float32Array[]> {
  const child = spawn(program, ffmpegArguments(path, options.demuxer), {
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const closed = waitForExit(child);
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-MAX_COMPLAINT);
  });
  const kill = () => child.kill('SIGKILL');
  options.signal?.addEventListener('abort', kill, { once: true });
  let hasSound = false;
  try {
    for await (const bytes of wholeFrames(child.stdout)) {
      checkAborted(path, options.signal);
      hasSound = true;
      yield decodePcm(bytes, FORMAT);
    }
    checkAborted(path, options.signal);
    const problem = await closed;
    if (problem !== null && !hasSound) {
      const reason = cleanText(complaint, MAX_COMPLAINT) || problem;
      throw corrupt(path, `could not be decoded by ffmpeg (${reason})`);
    }
  } finally {
    options.signal?.removeEventListener('abort', kill);
    kill();
  }
}

/** Null after success, else what went wrong. */
function waitForExit(child: ChildProcess): Promise<string | null> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => resolve(code === 0 ? null : `exit code ${code}`));
  });
}

function ffmpegArguments(path: string, demuxer: string): string[] {
  // “file:” and an absolute path: a name such as “concat:…” or “-i” stays a name.
  const input = ['-protocol_whitelist', 'file', '-f', demuxer, '-i', `file:${resolve(path)}`];
  const output = [
    '-map',
    '0:a:0',
    '-t',
    String(MAX_SECONDS + 1),
    '-ac',
    String(CHANNELS),
    '-ar',
    String(SAMPLE_RATE),
  ];
  return ['-nostdin', '-hide_banner', '-v', 'error', ...input, ...output, '-f', 'f32le', 'pipe:1'];
}

/** ffmpeg's output in pieces that hold whole frames. */
async function* wholeFrames(stdout: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const data of stdout) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, data]) : data;
    const whole = bytes.length - (bytes.length % FRAME);
    rest = bytes.subarray(whole);
    if (whole > 0) yield bytes.subarray(0, whole);
  }
}
