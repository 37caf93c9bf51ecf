/** Names that Windows keeps for devices, with or without an extension. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Bytes in UTF-8. Most systems allow 255, and a temporary name has to fit as well. */
const LONGEST = 200;

const utf8 = new TextEncoder();
const countBytes = (text: string) => utf8.encode(text).length;

/**
 * A name that is a plain file name on every system, kept as close to the given one as that allows: no separators,
 * no control or bidirectional characters, no leading dots, at most 200 bytes with the extension kept.
 * @param extension what is kept where the name is too long; found after the last dot where left out
 */
export function safeFileName(name: string, fallback = 'song', extension?: string): string {
  const plain = name
    .normalize('NFC')
    // Control, format and lone surrogate characters: invisible, or able to turn the text around.
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .replace(/[\\/:*?"<>|]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const named = plain === '' ? fallback : reserved.test(plain) ? `_${plain}` : plain;
  if (countBytes(named) <= LONGEST) return named;
  const end = extension ?? /\.[^.]{1,10}$/u.exec(named)?.[0] ?? '';
  const stem = firstBytes(named, LONGEST - countBytes(end));
  return `${stem.replace(/[.\s]+$/, '')}${end}`;
}

/** As much of the text as fits into so many bytes of UTF-8, no character cut in two. */
export function firstBytes(text: string, limit: number): string {
  let kept = '';
  let bytes = 0;
  for (const character of text) {
    bytes += countBytes(character);
    if (bytes > limit) break;
    kept += character;
  }
  return kept;
}
