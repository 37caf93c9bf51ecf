import { corrupt, unsupported } from './audio-errors.ts';
import type { AudioFile } from './audio-file.ts';
import { ascii, u8 } from './bytes.ts';
import { type FrameStream, findFrames } from './frame-stream.ts';

/** The container of a file by its content, and where it starts (behind ID3v2 tags). */
export type Container =
  | { kind: 'wav' | 'aiff' | 'flac' | 'ogg' | 'mp4'; start: number }
  | { kind: 'frames'; stream: FrameStream };

/** More ID3v2 tags in a row than any tagger writes. */
const MAX_TAGS = 16;

/** Files people may take for music, by their first bytes (hexadecimal), so that the message can name them. */
const FOREIGN: [string, string][] = [
  ['1a45dfa3', 'is a WebM or Matroska file'],
  ['3026b2758e66cf11', 'is a Windows Media (WMA) file'],
  ['4d414320', 'is a Monkey’s Audio file'],
  ['7776706b', 'is a WavPack file'],
  ['4d504350', 'is a Musepack file'],
  ['4d502b', 'is a Musepack file'],
  ['44534420', 'is a DSD file'],
  ['46524d38', 'is a DSD file'],
  ['2e524d46', 'is a RealMedia file'],
  ['2e736e64', 'is a Sun audio file'],
  ['63616666', 'is a Core Audio (caf) file'],
  ['2321414d52', 'is an AMR speech recording'],
  ['000001ba', 'is an MPEG film'],
  ['52494658', 'is a big-endian wav file'],
  ['0b77', 'is an AC-3 file'],
];
const NOT_AUDIO: [string, string][] = [
  ['4d546864', 'is a MIDI file: notes without sound'],
  ['89504e47', 'is a picture'],
  ['ffd8ff', 'is a picture'],
  ['47494638', 'is a picture'],
  ['25504446', 'is a PDF document'],
  ['504b0304', 'is a zip archive'],
  ['3c3f786d6c', 'is an XML document'],
];

/**
 * Tells the container by magic bytes, never by the name.
 * @throws SongleafError audio-unsupported (anything else), audio-corrupt (nothing behind the tags)
 */
export async function identify(file: AudioFile): Promise<Container> {
  const start = await skipTags(file);
  const head = await file.read(start, 16);
  const magic = ascii(head, 0, 4);
  const form = ascii(head, 8, 4);
  if (magic === 'fLaC') return { kind: 'flac', start };
  if (magic === 'OggS') return { kind: 'ogg', start };
  if (['RIFF', 'RF64', 'BW64'].includes(magic) && form === 'WAVE') return { kind: 'wav', start };
  if (magic === 'FORM' && (form === 'AIFF' || form === 'AIFC')) return { kind: 'aiff', start };
  if (ascii(head, 4, 4) === 'ftyp') return { kind: 'mp4', start };
  const hex = Buffer.from(head).toString('hex');
  for (const [bytes, what] of FOREIGN) {
    if (hex.startsWith(bytes)) throw unsupported(file.path, `${what}, which Songleaf cannot read`);
  }
  for (const [bytes, what] of NOT_AUDIO) {
    if (hex.startsWith(bytes))
      throw unsupported(file.path, what, 'Choose a recording, such as an mp3 or flac file.');
  }
  const stream = await findFrames(file, start);
  if (stream) return { kind: 'frames', stream };
  if (start > 0) throw corrupt(file.path, 'holds tags but no sound');
  throw unsupported(
    file.path,
    'is not an audio file that Songleaf knows',
    'Songleaf reads mp3, flac, ogg, opus, wav, aiff and m4a. Convert other recordings to flac or mp3 first.',
  );
}

/** Position behind the ID3v2 tags at the start, which some programs put before any format (id3.org, ID3v2.4 §3.1). */
async function skipTags(file: AudioFile): Promise<number> {
  let at = 0;
  for (let tags = 0; tags < MAX_TAGS; tags++) {
    const head = await file.read(at, 10);
    if (ascii(head, 0, 3) !== 'ID3') return at;
    // Seven bits a byte; the footer, where flagged, repeats the header.
    const size = [6, 7, 8, 9].reduce((sum, i) => sum * 128 + (u8(head, i) & 0x7f), 0);
    const end = at + 10 + size + (u8(head, 5) & 0x10 ? 10 : 0);
    // A tag that claims the whole file has a broken length: look for frames right behind its header.
    if (end >= file.size) return at + 10;
    at = end;
  }
  return at;
}
