import { strFromU8, unzipSync } from 'fflate';
import { SongleafError } from '../../../contract/errors.ts';

/** Longest score that is read, in bytes of XML: a symphony has about 60 MB. */
const LONGEST = 128 * 1024 * 1024;

/**
 * Text of a MusicXML file, compressed (.mxl) or not, whatever it is called.
 *
 * @throws SongleafError `score-invalid` where the archive is broken, holds no score or unpacks to more than 128 MiB
 */
export function unpackMusicXml(bytes: Uint8Array): string {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (!isZip) return decodeText(bytes);
  const container = unpackOne(bytes, (name) => name === 'META-INF/container.xml');
  const path =
    container && /<rootfile[^>]*\sfull-path\s*=\s*["']([^"']+)["']/.exec(decodeText(container))?.[1];
  const score =
    (path && unpackOne(bytes, (name) => name === path)) ||
    unpackOne(bytes, (name) => /\.(musicxml|xml)$/i.test(name) && !name.startsWith('META-INF/'));
  if (!score) throw invalid('The archive holds no score.');
  return decodeText(score);
}

function unpackOne(bytes: Uint8Array, isWanted: (name: string) => boolean): Uint8Array | null {
  let size = 0;
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes, {
      filter: (file) => {
        if (!isWanted(file.name) || size > 0) return false;
        size = Math.max(1, file.originalSize);
        if (size > LONGEST) throw invalid('The score is too long.');
        return true;
      },
    });
  } catch (cause) {
    if (cause instanceof SongleafError) throw cause;
    throw invalid('The archive is broken.', cause);
  }
  return Object.values(files)[0] ?? null;
}

/** MusicXML is UTF-8 or, with a byte-order mark, UTF-16. */
function decodeText(bytes: Uint8Array): string {
  if (bytes.length > LONGEST) throw invalid('The score is too long.');
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return strFromU8(bytes).replace(/^\uFEFF/, '');
}

function invalid(message: string, cause?: unknown): SongleafError {
  return new SongleafError('score-invalid', message, 'Save the score again as MusicXML.', { cause });
}
