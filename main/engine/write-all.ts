import type { FileHandle } from 'node:fs/promises';

/**
 * Writes all bytes: where a disk is nearly full, one call of the system may take only some of them.
 * @param position in the file; where left out, behind what was written last
 */
export async function writeAll(file: FileHandle, bytes: Uint8Array, position?: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const place = position === undefined ? null : position + at;
    const { bytesWritten } = await file.write(bytes, at, bytes.length - at, place);
    at += bytesWritten;
  }
}
