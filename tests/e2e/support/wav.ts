/**
 * A second of A4 as a mono 16-bit WAV file with tags.
 * @param tags INFO chunks, such as `INAM` for the title and `IART` for the artist.
 */
export function makeWav(tags: Readonly<Record<string, string>>, seconds = 1): Buffer {
  const rate = 22_050;
  const samples = Int16Array.from({ length: Math.round(rate * seconds) }, (_, i) =>
    Math.round(12_000 * Math.sin((2 * Math.PI * 440 * i) / rate)),
  );
  return wrapSamples(samples, rate, tags);
}

/** Mono samples as a 16-bit WAV file with tags. */
export function wrapSamples(mono: Int16Array, rate: number, tags: Readonly<Record<string, string>>): Buffer {
  const samples = Buffer.alloc(2 * mono.length);
  for (const [i, sample] of mono.entries()) samples.writeInt16LE(sample, 2 * i);
  const format = Buffer.alloc(16);
  format.writeUInt16LE(1, 0);
  format.writeUInt16LE(1, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt32LE(rate * 2, 8);
  format.writeUInt16LE(2, 12);
  format.writeUInt16LE(16, 14);
  const info = Object.entries(tags).map(([id, text]) => chunk(id, Buffer.from(`${text}\0`)));
  const list = chunk('LIST', Buffer.concat([Buffer.from('INFO'), ...info]));
  const parts = Buffer.concat([Buffer.from('WAVE'), chunk('fmt ', format), list, chunk('data', samples)]);
  return chunk('RIFF', parts);
}

/** A RIFF chunk, padded to an even length. */
function chunk(id: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(id, 0, 'latin1');
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}
