/** Remainders of every byte for a polynomial of `width` bits, most significant bit first. */
function makeTable(polynomial: number, width: 8 | 16): Uint16Array {
  const top = 1 << (width - 1);
  const mask = 2 ** width - 1;
  return Uint16Array.from({ length: 256 }, (_, byte) => {
    let rest = byte << (width - 8);
    for (let bit = 0; bit < 8; bit++)
      rest = ((rest & top ? (rest << 1) ^ polynomial : rest << 1) & mask) >>> 0;
    return rest;
  });
}

const table8 = makeTable(0x07, 8);
const table16 = makeTable(0x8005, 16);

/** CRC-8 of a frame header (RFC 9639, 9.1.8). */
export function crc8(bytes: Uint8Array): number {
  let rest = 0;
  for (const byte of bytes) rest = table8[rest ^ byte];
  return rest;
}

/** CRC-16 of a frame (RFC 9639, 9.3). */
export function crc16(bytes: Uint8Array): number {
  let rest = 0;
  for (const byte of bytes) rest = ((rest << 8) & 0xffff) ^ table16[(rest >> 8) ^ byte];
  return rest;
}
