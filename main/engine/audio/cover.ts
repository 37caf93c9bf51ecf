/** A cover picture as it lies in the file: untrusted bytes, of a known kind by their first bytes only. */
export interface Cover {
  mime: 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp';
  bytes: Uint8Array;
}

/** Larger pictures are ignored, in bytes. */
export const MAX_COVER_BYTES = 10 * 1024 * 1024;

interface Picture {
  data: Uint8Array;
  type?: string;
}

/** Picks the front cover, else the first picture that can be used; says in `notes` what was ignored. */
export function chooseCover(pictures: readonly Picture[], notes: string[]): Cover | null {
  const isFront = (picture: Picture) => /front/i.test(picture.type ?? '');
  const inOrder = [...pictures.filter(isFront), ...pictures.filter((picture) => !isFront(picture))];
  for (const { data } of inOrder) {
    const mime = imageType(data);
    if (data.length > MAX_COVER_BYTES) {
      notes.push(`A cover of ${(data.length / 1024 / 1024).toFixed(0)} MB is too large and was ignored.`);
    } else if (!mime) {
      notes.push('A cover that is neither JPEG, PNG, GIF nor WebP was ignored.');
    } else {
      // A copy, so that the tag parser's larger buffer can be let go.
      return { mime, bytes: data.slice() };
    }
  }
  return null;
}

/** Goes by the content: a tag's own word is not trusted. */
function imageType(bytes: Uint8Array): Cover['mime'] | null {
  const hex = Buffer.from(bytes.subarray(0, 12)).toString('hex');
  if (hex.startsWith('ffd8ff')) return 'image/jpeg';
  if (hex.startsWith('89504e470d0a1a0a')) return 'image/png';
  if (hex.startsWith('47494638')) return 'image/gif';
  return /^52494646.{8}57454250/.test(hex) ? 'image/webp' : null;
}
