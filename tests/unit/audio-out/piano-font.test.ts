import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { findPianoDir, readPiano, readPianoCredit } from '../../../main/engine/audio-out/piano-font.ts';
import { inTempFolder } from '../audio/helpers.ts';

it('reads the piano that ships, and its licence', async () => {
  const font = await readPiano(findPianoDir());
  expect(font.length).toBeLessThan(6_000_000);
  expect(Buffer.from(font.subarray(0, 4)).toString()).toBe('RIFF');
  const credit = await readPianoCredit(findPianoDir());
  expect(credit).toMatchObject({ licence: 'MIT', credit: expect.stringContaining('Frank Wen') });
  expect(credit.text).toContain('Permission is hereby granted, free of charge');
});

it('plays no other piano than the one that belongs to it', async () => {
  await inTempFolder(async (folder) => {
    cpSync(findPianoDir(), folder, { recursive: true });
    const file = path.join(folder, 'piano.sf3');
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(file, bytes);
    await expect(readPiano(folder)).rejects.toMatchObject({ code: 'model-corrupt' });
    writeFileSync(path.join(folder, 'manifest.json'), '{"file":"../../etc/passwd"}');
    await expect(readPiano(folder)).rejects.toMatchObject({ code: 'model-corrupt' });
  });
  await expect(readPiano('/nowhere')).rejects.toMatchObject({ code: 'model-missing' });
});
