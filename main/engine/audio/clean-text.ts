/** Longest tag kept, in UTF-16 code units; the contract's limit for titles and names. */
export const MAX_TEXT = 1000;

/**
 * Makes untrusted text safe to show on one line: Unicode NFC, line breaks and tabs become spaces, other control
 * characters, lone surrogates and the bidirectional overrides (which can disguise what follows) go, at most `limit`
 * UTF-16 code units.
 */
export function cleanText(text: string, limit = MAX_TEXT): string {
  // Cut first, so that a hostile megabyte is not normalised; NFC may lengthen text, hence the cut at the end.
  const clean = text
    .slice(0, limit * 8)
    .normalize('NFC')
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069\uFEFF]/gu, '')
    .trim();
  if (clean.length <= limit) return clean;
  const cut = clean.slice(0, limit);
  // A cut through a surrogate pair leaves half a character.
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}
