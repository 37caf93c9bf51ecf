/** Names that Windows keeps for devices, with or without an extension. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Characters. With a folder's own path, this stays under the 260 of older Windows. */
const LONGEST = 150;

/**
 * A name that is a plain file name on every system, kept as close to the given one as that allows: no separators,
 * no control or bidirectional characters, no leading dots, at most `LONGEST` characters with the extension kept.
 */
export function safeFileName(name: string, fallback = 'song'): string {
  const plain = name
    .normalize('NFC')
    // Control, format and lone surrogate characters: invisible, or able to turn the text around.
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .replace(/[\\/:*?"<>|]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const named = plain === '' ? fallback : reserved.test(plain) ? `_${plain}` : plain;
  // Counted in code points, so that no character is cut in two.
  const characters = Array.from(named);
  if (characters.length <= LONGEST) return named;
  const extension = /\.[^.]{1,10}$/u.exec(named)?.[0] ?? '';
  const stem = characters.slice(0, LONGEST - Array.from(extension).length).join('');
  return `${stem.replace(/[.\s]+$/, '')}${extension}`;
}
