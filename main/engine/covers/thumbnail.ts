import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { readImageSize } from './image-size.ts';

/** Larger pictures are left out: decoded, they take four bytes a pixel, and scaling as much again. */
const MAX_PIXELS = 25_000_000;
/** A picture of that size takes a second or two. */
const LIMIT_MS = 15_000;

/**
 * A cover as a small JPEG picture, or null where it cannot be decoded, is too large or takes too long. Made by decoders in
 * WebAssembly in a thread of their own, which ends afterwards.
 */
export async function makeThumbnail(cover: Uint8Array): Promise<Uint8Array | null> {
  const size = readImageSize(cover);
  if (size === null || size.width < 1 || size.height < 1 || size.width * size.height > MAX_PIXELS)
    return null;
  const worker = new Worker(findWorker(), { stderr: true, stdout: true });
  const limit = new AbortController();
  try {
    return await new Promise((resolve) => {
      const timer = setTimeout(() => resolve(null), LIMIT_MS);
      limit.signal.addEventListener('abort', () => clearTimeout(timer));
      worker.once('message', (bytes: unknown) => resolve(bytes instanceof Uint8Array ? bytes : null));
      // A decoder that gives up traps, which ends the thread.
      worker.once('error', () => resolve(null));
      worker.once('exit', () => resolve(null));
      worker.postMessage(cover);
    });
  } finally {
    limit.abort();
    await worker.terminate();
  }
}

/** Beside this file in the source, and beside it or one folder up in a build. */
function findWorker(): URL {
  const places = ['./thumbnail-worker.ts', './thumbnail-worker.js', '../thumbnail-worker.js'];
  const found = places.map((place) => new URL(place, import.meta.url)).find((place) => existsSync(place));
  if (!found) throw new Error('The build lacks thumbnail-worker.js.');
  return found;
}
