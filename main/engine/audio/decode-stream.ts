import type { AudioFile } from './audio-file.ts';
import type { Decoded, DecodeState } from './decode-state.ts';
import { withQuietConsole } from './quiet-console.ts';
import { openStreamDecoder, type StreamCodec, type StreamDecoder } from './stream-decoders.ts';

/** Bytes read from the disk at once. */
const READ_BYTES = 1024 * 1024;
/**
 * Bytes given to a decoder at once for one or two channels; fewer for more. Digital silence takes a few bytes per
 * packet, so that a piece can decode to many thousand times its size: this bounds the memory it takes.
 */
const PIECE_BYTES = 4096;
/** A stream that yields no sound for so many bytes is over, or never was one; covers inside Ogg may be large. */
const BARREN_BYTES = 24 * 1024 * 1024;

/**
 * Decodes a compressed stream from `offset` to the end of the file. A stream that breaks off or is damaged beyond the
 * decoder's powers simply ends; `state.damage` then says so. The decoder's memory is freed however this ends.
 * @throws SongleafError file-unreadable
 */
export async function* decodeStream(
  file: AudioFile,
  stream: { codec: StreamCodec; offset: number; channels: number },
  state: DecodeState,
): AsyncGenerator<Decoded> {
  const decoder = await openStreamDecoder(stream.codec);
  let barren = 0;
  try {
    for await (const { piece, end } of readPieces(file, stream.offset, stream.channels)) {
      const decoded = await attempt(() => decoder.decode(piece), state);
      if (!decoded) return;
      state.fraction = end / file.size;
      barren = decoded.channelData[0]?.length ? 0 : barren + piece.length;
      if (barren > BARREN_BYTES) {
        state.damage = 'no sound in many megabytes of data';
        return;
      }
      yield decoded;
    }
    const rest = decoder.flush ? await attempt(() => decoder.flush!(), state) : null;
    if (rest) yield rest;
  } finally {
    freeDecoder(decoder, state.damage !== null);
  }
}

async function* readPieces(
  file: AudioFile,
  offset: number,
  channels: number,
): AsyncGenerator<{ piece: Uint8Array; end: number }> {
  const pieceBytes = Math.max(512, Math.floor(PIECE_BYTES / Math.max(1, channels / 2)));
  for (let at = offset; at < file.size; at += READ_BYTES) {
    const block = await file.read(at, READ_BYTES);
    for (let from = 0; from < block.length; from += pieceBytes) {
      const piece = block.subarray(from, from + pieceBytes);
      yield { piece, end: at + from + piece.length };
    }
    if (block.length < READ_BYTES) return;
  }
}

/** Runs one call of the decoder; null where it gave up. */
async function attempt(call: () => Decoded | Promise<Decoded>, state: DecodeState): Promise<Decoded | null> {
  try {
    return await withQuietConsole(call);
  } catch (error) {
    // Damaged input makes the decoders throw all sorts of things. What was decoded before is sound.
    state.damage = error instanceof Error ? error.message : String(error);
    return null;
  }
}

function freeDecoder(decoder: StreamDecoder, gaveUp: boolean): void {
  try {
    decoder.free();
  } catch (error) {
    // After a crash the module's heap may be in disorder; it is then left to the garbage collector as a whole.
    if (!gaveUp) throw error;
  }
}
