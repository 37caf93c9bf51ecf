/** Names that Windows keeps for devices, with or without an extension. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Bytes in UTF-8. Most systems allow 255, and a temporary name has to fit as well. */
const LONGEST = 200;

/**
 * A name that is a plain file name on every system, kept as close to the given one as that allows: no separators,
 * no control or bidirectional characters, no leading dots, at most 200 bytes with the extension kept.
 */
export function safeFileName(name: string, fallback = 'song'): string {
  const plain = name
    .normalize('NFC')
    // Control, format and lone surrogate characters: invisible, or able to turn the text around.
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .replace(/[\\/:*?"<>|]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const named = plain === '' ? fallback : reserved.test(plain) ? `_${plain}` : plain;
  if (Buffer.byteLength(named) <= LONGEST) return named;
  const extension = /\.[^.]{1,10}$/u.exec(named)?.[0] ?? '';
  const stem = firstBytes(named, LONGEST - Buffer.byteLength(extension));
  return `${stem.replace(/[.\s]+$/, '')}${extension}`;
}

/** As much of the text as fits, no character cut in two. */
function firstBytes(text: string, limit: number): string {
  let kept = '';
  let bytes = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > limit) break;
    kept += character;
  }
  return kept;
}
