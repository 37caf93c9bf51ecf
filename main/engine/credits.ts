import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Credit } from '../contract/calls.ts';
import { SongleafError } from '../contract/errors.ts';
import { readManifest } from './weights.ts';

/**
 * Who made the networks, and on which terms: one entry for each credit, since several files may share one.
 * @throws SongleafError `model-missing` or `model-corrupt`
 */
export async function readCredits(weightsDir: string): Promise<Credit[]> {
  const { weights } = await readManifest(weightsDir);
  const credits = new Map<string, Credit>();
  for (const { name, credit, source, licence, licenceFiles } of weights) {
    if (credits.has(credit)) continue;
    const texts = await Promise.all(licenceFiles.map((file) => readLicence(weightsDir, file)));
    credits.set(credit, { name, credit, source, licence, text: texts.join('\n\n') });
  }
  return [...credits.values()];
}

async function readLicence(weightsDir: string, name: string): Promise<string> {
  const file = path.join(weightsDir, name);
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    throw new SongleafError(
      'model-missing',
      `The licence ${file} cannot be read.`,
      'Install Songleaf again, or restore the folder models/weights from its source.',
      { cause },
    );
  }
}
