/** Width and height in pixels. */
export interface ImageSize {
  width: number;
  height: number;
}

/**
 * The size that a JPEG, PNG, GIF or WebP picture says it has, read from its head without decoding anything; null where
 * it says none that can be found.
 */
export function readImageSize(bytes: Uint8Array): ImageSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (view.getUint32(0) === 0x89504e47) return { width: view.getUint32(16), height: view.getUint32(20) };
    if (view.getUint32(0) === 0x47494638) {
      return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    }
    if (view.getUint32(0) === 0x52494646) return readWebp(view);
    if (view.getUint16(0) === 0xffd8) return readJpeg(view);
  } catch (error) {
    // The picture ends before its size.
    if (!(error instanceof RangeError)) throw error;
  }
  return null;
}

/** Three kinds of WebP tell their size in three ways (RFC 9649, 2.5-2.7). */
function readWebp(view: DataView): ImageSize | null {
  const kind = view.getUint32(12);
  if (kind === 0x56503858) {
    const at = (offset: number) => view.getUint16(offset, true) + (view.getUint8(offset + 2) << 16) + 1;
    return { width: at(24), height: at(27) };
  }
  if (kind === 0x56503820) {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  if (kind === 0x5650384c) {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return null;
}

/** Goes from segment to segment up to the frame's header (ITU-T T.81, B.2.2). */
function readJpeg(view: DataView): ImageSize | null {
  for (let at = 2; ; ) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    // Segments without a length.
    at += marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8) ? 2 : 2 + view.getUint16(at + 2);
  }
}
