import { describe, expect, it } from 'vitest';
import { readImageSize } from '../../../main/engine/covers/image-size.ts';
import { makeThumbnail } from '../../../main/engine/covers/thumbnail.ts';
import { THUMBNAIL_SIZE } from '../../../main/engine/covers/thumbnail-size.ts';
import { drawCover } from '../../../tools/example/draw-cover.ts';

const png = new Uint8Array(drawCover());
const side = THUMBNAIL_SIZE;

/** The cover with another size in its head. */
function claiming(width: number, height: number): Uint8Array {
  const bytes = png.slice();
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
}

describe('a cover becomes a small picture', () => {
  it('of JPEG and one size, whatever it was', async () => {
    expect(readImageSize(png)).toEqual({ width: 320, height: 320 });
    const small = await makeThumbnail(png);
    expect(Buffer.from(small!.subarray(0, 3)).toString('hex')).toBe('ffd8ff');
    expect(readImageSize(small!)).toEqual({ width: side, height: side });
    expect(small!.length).toBeLessThan(20_000);
    // A JPEG goes in as well as it comes out.
    const again = await makeThumbnail(small!);
    expect(readImageSize(again!)).toEqual({ width: side, height: side });
  });

  it('and the same one every time', async () => {
    const [first, second] = await Promise.all([makeThumbnail(png), makeThumbnail(png)]);
    expect(Buffer.from(first!).equals(Buffer.from(second!))).toBe(true);
  });

  it.each([
    ['is cut off', png.subarray(0, png.length >> 1)],
    ['claims a size that would not fit into memory', claiming(100_000, 100_000)],
    ['claims to have no pixels', claiming(0, 320)],
    ['claims more pixels than it has', claiming(4000, 4000)],
    ['is noise behind a JPEG’s first bytes', Uint8Array.from([0xff, 0xd8, 0xff, ...png.subarray(0, 4000)])],
    ['is a JPEG whose segments never end', Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff])],
    ['is empty', new Uint8Array(0)],
    ['is SVG with a script', new TextEncoder().encode('<svg onload="alert(1)"/>')],
  ])('but not one that %s, and the next one is made as ever', async (_what, bytes) => {
    expect(await makeThumbnail(bytes)).toBeNull();
    expect(await makeThumbnail(png)).not.toBeNull();
  });
});

describe('the size in a head', () => {
  it('is read from GIF and the three kinds of WebP', () => {
    const gif = Buffer.from('474946383961400130010000', 'hex');
    expect(readImageSize(gif)).toEqual({ width: 320, height: 304 });
    const webp = (chunk: string, rest: string) =>
      Buffer.from(`52494646000000005745425${chunk}00000000${rest}`, 'hex');
    expect(readImageSize(webp('056503858', '000000003f01002f0100'))).toEqual({ width: 320, height: 304 });
    expect(readImageSize(webp('056503820', '0000009d012a40013001'))).toEqual({ width: 320, height: 304 });
    expect(readImageSize(webp('05650384c', '2f3fc14b00'))).toEqual({ width: 320, height: 304 });
  });
});
