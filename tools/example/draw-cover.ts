import { crc32, deflateSync } from 'node:zlib';

/** Pixels of a side. */
const SIDE = 320;
const paper = [243, 238, 226];
const water = [58, 108, 92];
const sail = [255, 253, 247];
const fold = [214, 206, 188];

/** The cover: a paper boat on green water, as a PNG picture. The same bytes every time. */
export function drawCover(): Buffer {
  const rows = Buffer.alloc(SIDE * (1 + 3 * SIDE));
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      // Four samples a pixel smooth the edges.
      const sum = [0, 0, 0];
      for (const dx of [0.25, 0.75]) {
        for (const dy of [0.25, 0.75]) {
          const colour = colourAt((x + dx) / SIDE, (y + dy) / SIDE);
          for (let c = 0; c < 3; c++) sum[c] += colour[c] / 4;
        }
      }
      rows.set(sum.map(Math.round), y * (1 + 3 * SIDE) + 1 + 3 * x);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(SIDE, 0);
  head.writeUInt32BE(SIDE, 4);
  // 8 bits, red, green and blue.
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** x and y from 0 to 1, from the upper left. */
function colourAt(x: number, y: number): readonly number[] {
  const wave = 0.7 + 0.012 * Math.sin(x * 22);
  if (y > wave) {
    const ripple = [0.79, 0.87, 0.95].some(
      (line, i) => Math.abs(y - line - 0.008 * Math.sin(x * 22)) < 0.005 && Math.sin(x * 13 + 2.2 * i) > 0.3,
    );
    return ripple ? [112, 156, 138] : water;
  }
  // The hull: a bowl between two slanting sides.
  if (y > 0.56 && x > 0.2 + (y - 0.56) && x < 0.8 - (y - 0.56)) return x < 0.5 ? sail : fold;
  // The sail: a triangle with a fold down its middle.
  if (y > 0.22 && Math.abs(x - 0.5) < (y - 0.22) * 0.62 && y <= 0.56) return x < 0.5 ? sail : fold;
  return paper;
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(content.length);
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc32(named));
  return Buffer.concat([head, named, tail]);
}
