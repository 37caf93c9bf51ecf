import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';

/** The only kinds of file that the window consists of. A file of another kind is not given out. */
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

export interface Asset {
  /** Real path on the disk, inside the root. */
  path: string;
  type: string;
  bytes: number;
}

/** A segment that could mean something else than a plain name to any system: parent, drive, stream, separator. */
function isPlainSegment(segment: string): boolean {
  return segment !== '' && segment !== '.' && segment !== '..' && !/[\\:/\p{Cc}]/u.test(segment);
}

/**
 * Finds the file that a URL's path names below `root`. `/` is `index.html`.
 * @param pathname as in a URL: percent-encoded, starting with `/`.
 * @returns null for everything that is not a plain file of a known kind whose real path lies inside the root.
 */
export async function resolveAsset(root: string, pathname: string): Promise<Asset | null> {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (!decoded.startsWith('/')) return null;
  const segments = decoded === '/' ? ['index.html'] : decoded.slice(1).split('/');
  if (!segments.every(isPlainSegment)) return null;
  const type = types[path.extname(segments.at(-1) ?? '').toLowerCase()];
  if (type === undefined) return null;
  try {
    const realRoot = await realpath(root);
    const real = await realpath(path.join(realRoot, ...segments));
    const inside = path.relative(realRoot, real);
    if (inside === '' || inside.startsWith('..') || path.isAbsolute(inside)) return null;
    const found = await stat(real);
    return found.isFile() ? { path: real, type, bytes: found.size } : null;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

function isAbsent(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG' || code === 'ELOOP';
}
