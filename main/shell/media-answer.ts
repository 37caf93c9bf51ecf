import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { type CallOutput, calls } from '../contract/calls.ts';
import { SongleafError, toErrorReport } from '../contract/errors.ts';
import { safeFileName } from '../contract/file-name.ts';
import { type Media, parseMediaPath } from '../contract/media.ts';
import { parseRange } from './byte-range.ts';
import type { RelayedEngine } from './dispatch.ts';

/** An HTTP answer before it takes the form that its shell needs. */
export interface MediaAnswer {
  status: number;
  headers: Record<string, string>;
  /** A text, or what is read from the file. */
  body: string | Readable;
}

/**
 * Answers a request for something that sounds. The path names it by what it is (`contract/media.ts`); where it lies only
 * the engine knows.
 * @param path as in a URL, `/` first
 * @param range the header `Range`
 */
export async function answerMedia(
  engine: RelayedEngine,
  path: string,
  range: string | null | undefined,
): Promise<MediaAnswer> {
  const media = parseMediaPath(path);
  if (media === null) return refuse(404, 'Not found.');
  try {
    const { file, size } = await findFile(engine, media, path);
    const headers = {
      'Content-Type': file.type,
      'Accept-Ranges': 'bytes',
      // Asked for whenever its row comes into sight; a song's cover stays what it is.
      ...(media.kind === 'cover' ? { 'Cache-Control': 'private, max-age=86400' } : {}),
      // A take's file is one to keep; the rest is read by the page.
      ...(media.kind === 'take' ? { 'Content-Disposition': attachment(file.name) } : {}),
    };
    const part = parseRange(range, size);
    if (part === 'none') return { ...refuse(416, 'Nothing there.', { 'Content-Range': `bytes */${size}` }) };
    if (part === 'all') {
      return {
        status: 200,
        headers: { ...headers, 'Content-Length': String(size) },
        body: createReadStream(file.path),
      };
    }
    return {
      status: 206,
      headers: {
        ...headers,
        'Content-Range': `bytes ${part.first}-${part.last}/${size}`,
        'Content-Length': String(part.last - part.first + 1),
      },
      body: createReadStream(file.path, { start: part.first, end: part.last }),
    };
  } catch (error) {
    return refuseFor(error);
  }
}

type FoundFile = CallOutput<'media.file'>;

/** Where things lie that an engine has told, by their address: a player asks for a piece every other second. */
const told = new WeakMap<RelayedEngine, Map<string, FoundFile>>();
/** Addresses remembered; a song has three. */
const REMEMBERED = 100;

async function findFile(
  engine: RelayedEngine,
  media: Media,
  path: string,
): Promise<{ file: FoundFile; size: number }> {
  const known = told.get(engine) ?? new Map<string, FoundFile>();
  told.set(engine, known);
  const before = known.get(path);
  if (before) {
    // The cache is bounded: what was there may be gone.
    const found = await stat(before.path).catch(() => null);
    if (found) return { file: before, size: found.size };
    known.delete(path);
  }
  const file = calls['media.file'].output.parse(await engine.call('media.file', media));
  if (known.size >= REMEMBERED) known.clear();
  // A take's file is made once and taken away; the engine counts the uses of it.
  if (media.kind !== 'take') known.set(path, file);
  return { file, size: (await stat(file.path)).size };
}

/** The page turns this back into an error that it can show. */
function refuseFor(error: unknown): MediaAnswer {
  const report = toErrorReport(error);
  const known = error instanceof SongleafError;
  return {
    status: known ? 422 : 500,
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: JSON.stringify(report),
  };
}

function refuse(status: number, text: string, headers: Record<string, string> = {}): MediaAnswer {
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers }, body: text };
}

/** RFC 6266: a name in plain letters for old browsers, and the whole one. */
export function attachment(name: string): string {
  const safe = safeFileName(name, 'take');
  const plain = safe.replace(/[^\w .()-]/g, '_');
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(safe).replace(/['()*]/g, escapeMark)}`;
}

function escapeMark(mark: string): string {
  return `%${mark.charCodeAt(0).toString(16).toUpperCase()}`;
}
