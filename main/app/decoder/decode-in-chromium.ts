import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { SongleafError } from '../../contract/errors.ts';
import { checkAborted, corrupt, fileError } from '../../engine/audio/audio-errors.ts';
import type { ExternalAudio, ExternalDecoder } from '../../engine/audio/external-decoder.ts';
import { DecoderChannel } from './decoder-channel.ts';
import { type DecoderReply, type DecoderRequest, decoderReplySchema } from './decoder-messages.ts';

/** Bytes. Chromium decodes a file as a whole: AAC of this size is about three hours, 4 GB of samples in stereo. */
const MAX_FILE = 256 * 1024 ** 2;
/** Frames of one answer: about six seconds. */
const FRAMES = 2 ** 18;

/** Decodes in a hidden window of the app. Runs in the engine's utility process. */
export function decodeInChromium(parent: Electron.ParentPort): ExternalDecoder {
  const lender = new DecoderLender(parent);

  async function open(file: string, signal?: AbortSignal): Promise<Opened> {
    const bytes = await readFile(file, { signal }).catch((cause: unknown) => {
      checkAborted(file, signal);
      throw fileError(file, cause);
    });
    if (bytes.length > MAX_FILE) throw tooMuch(file);
    const channel = await lender.borrow(file);
    try {
      const reply = await channel.ask({ type: 'open', bytes }, signal);
      if (reply?.type === 'opened') return { ...reply, channel };
      checkAborted(file, signal);
      if (reply === null) throw tooMuch(file);
      throw corrupt(file, 'could not be decoded');
    } catch (error) {
      channel.close();
      throw error;
    }
  }

  return async (file, { signal }): Promise<ExternalAudio> => {
    // Opened before anybody reads, because the rate and channels come first; a second reading opens it again.
    let opened: Opened | null = await open(file, signal);
    const { sampleRate, channels } = opened;
    async function* chunks(): AsyncGenerator<Float32Array[]> {
      const source = opened ?? (await open(file, signal));
      opened = null;
      try {
        for (let from = 0; from < source.frames; from += FRAMES) {
          const frames = Math.min(FRAMES, source.frames - from);
          const reply = await source.channel.ask({ type: 'read', from, frames }, signal);
          checkAborted(file, signal);
          if (reply === null) throw tooMuch(file);
          if (reply.type !== 'samples' || !isWhole(reply.channels, channels, frames)) {
            throw corrupt(file, 'could not be decoded to its end');
          }
          yield reply.channels;
        }
      } finally {
        source.channel.close();
      }
    }
    return { sampleRate, channels, chunks };
  };
}

interface Opened {
  channel: DecoderChannel;
  sampleRate: number;
  channels: number;
  frames: number;
}

function isWhole(samples: readonly Float32Array[], channels: number, frames: number): boolean {
  return samples.length === channels && samples.every(({ length }) => length === frames);
}

function tooMuch(file: string): SongleafError {
  return new SongleafError(
    'out-of-memory',
    `${path.basename(file)} needs more memory to decode than there is.`,
    'Convert it to FLAC or MP3, or cut it into songs, and add that.',
  );
}

/** Asks the app for decoders. */
class DecoderLender {
  readonly #parent: Electron.ParentPort;
  readonly #waiting = new Map<number, (port: Electron.MessagePortMain | null) => void>();
  #nextId = 0;

  constructor(parent: Electron.ParentPort) {
    this.#parent = parent;
    parent.on('message', ({ data, ports }) => {
      const reply = decoderReplySchema.safeParse(data);
      if (reply.success) this.#take(reply.data, ports[0] ?? null);
    });
  }

  async borrow(file: string): Promise<DecoderChannel> {
    const id = this.#nextId++;
    const port = await new Promise<Electron.MessagePortMain | null>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#tell({ type: 'decoder-wanted', id });
    });
    if (port !== null) return new DecoderChannel(port, () => this.#tell({ type: 'decoder-done', id }));
    throw new SongleafError(
      'decoder-missing',
      `The decoder for ${path.basename(file)} could not be started.`,
      'Try again, or convert it to FLAC or MP3 and add that.',
    );
  }

  #take(reply: DecoderReply, port: Electron.MessagePortMain | null): void {
    this.#waiting.get(reply.id)?.(port);
    this.#waiting.delete(reply.id);
  }

  #tell(request: DecoderRequest): void {
    this.#parent.postMessage(request);
  }
}
