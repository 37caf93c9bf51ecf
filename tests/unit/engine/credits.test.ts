import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { calls } from '../../../main/contract/calls.ts';
import { readCredits } from '../../../main/engine/credits.ts';
import { findWeightsDir } from '../../../main/engine/places.ts';
import { readManifest } from '../../../main/engine/weights.ts';

it('credits every network with the words its licence asks for', async () => {
  const credits = calls['engine.credits'].output.parse(await readCredits(findWeightsDir()));
  const { weights } = await readManifest(findWeightsDir());
  const told = new Set(credits.map(({ credit }) => credit));
  for (const { credit } of weights) expect(told).toContain(credit);
  for (const { text } of credits) expect(text.length).toBeGreaterThan(200);
  const beats = credits.find(({ name }) => name === 'beatnet');
  expect(beats?.credit).toContain('Heydari');
  expect(beats?.text).toContain('Attribution 4.0 International');
});

it('does not read licences from elsewhere', async () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'songleaf-credits-'));
  try {
    const manifest = await readManifest(findWeightsDir());
    const [first] = manifest.weights;
    const hostile = { ...manifest, weights: [{ ...first, licenceFiles: ['licences/../../../etc/passwd'] }] };
    writeFileSync(path.join(dir, 'manifest.json'), JSON.stringify(hostile));
    await expect(readCredits(dir)).rejects.toMatchObject({ code: 'model-corrupt' });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
