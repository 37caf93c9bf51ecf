import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

/** PKWARE APPNOTE 4.3: signatures and fixed lengths of the records that are read here. */
const END_SIGNATURE = 0x06054b50;
const END_LENGTH = 22;
const CENTRAL_SIGNATURE = 0x02014b50;
const CENTRAL_LENGTH = 46;
const LOCAL_LENGTH = 30;
const STORED = 0;
const DEFLATED = 8;

/**
 * Unpacks chosen files of a zip archive, with their permissions and their checksums checked.
 * @param {string} archive
 * @param {string} folder
 * @param {(name: string) => string | null} choose the path below `folder` for a name in the archive, null to leave it out
 * @returns {number} how many files were written
 * @throws {Error} where the archive is damaged, needs zip64, or a path would lead out of `folder`
 */
export function unzip(archive, folder, choose) {
  const bytes = fs.readFileSync(archive);
  let written = 0;
  for (const entry of listEntries(bytes)) {
    const target = entry.name.endsWith('/') ? null : choose(entry.name);
    if (target === null) continue;
    const file = path.resolve(folder, target);
    if (!file.startsWith(path.resolve(folder) + path.sep))
      throw new Error(`${archive}: ${target} leads out of ${folder}`);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, readEntry(bytes, entry), { mode: entry.mode || 0o644 });
    written += 1;
  }
  return written;
}

/** @typedef {{ name: string, method: number, crc: number, packed: number, size: number, mode: number, offset: number }} Entry */

/**
 * @param {Buffer} bytes
 * @returns {Entry[]}
 */
function listEntries(bytes) {
  const end = findEnd(bytes);
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  /** @type {Entry[]} */
  const entries = [];
  for (let index = 0; index < count; index += 1) {
    if (bytes.readUInt32LE(at) !== CENTRAL_SIGNATURE) throw new Error('damaged zip archive: bad directory');
    const nameLength = bytes.readUInt16LE(at + 28);
    const restLength = bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    entries.push({
      name: bytes.toString('utf8', at + CENTRAL_LENGTH, at + CENTRAL_LENGTH + nameLength),
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      // Unix permissions are in the upper half of the external attributes.
      mode: (bytes.readUInt32LE(at + 38) >>> 16) & 0o777,
      offset: bytes.readUInt32LE(at + 42),
    });
    at += CENTRAL_LENGTH + nameLength + restLength;
  }
  return entries;
}

/** @param {Buffer} bytes */
function findEnd(bytes) {
  const first = Math.max(0, bytes.length - END_LENGTH - 0xffff);
  for (let at = bytes.length - END_LENGTH; at >= first; at -= 1) {
    if (bytes.readUInt32LE(at) !== END_SIGNATURE) continue;
    if (bytes.readUInt32LE(at + 16) === 0xffffffff) throw new Error('zip64 archives are not read');
    return at;
  }
  throw new Error('not a zip archive');
}

/**
 * @param {Buffer} bytes
 * @param {Entry} entry
 */
function readEntry(bytes, { name, method, crc, packed, size, offset }) {
  const start = offset + LOCAL_LENGTH + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  const data = bytes.subarray(start, start + packed);
  if (method !== STORED && method !== DEFLATED) throw new Error(`${name}: unknown compression ${method}`);
  const content =
    method === STORED ? data : zlib.inflateRawSync(data, { maxOutputLength: Math.max(size, 1) });
  if (content.length !== size || zlib.crc32(content) !== crc)
    throw new Error(`${name}: damaged in the archive`);
  return content;
}
