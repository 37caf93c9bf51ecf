import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { SongleafError } from '../contract/errors.ts';

const weightSchema = z.strictObject({
  name: z.string(),
  file: z.string().regex(/^[a-z0-9_.-]+$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().positive(),
  source: z.string(),
  licence: z.string(),
  licenceFiles: z.array(z.string().regex(/^licences\/[A-Za-z0-9_.-]+$/)),
  credit: z.string(),
  inputs: z.record(z.string(), z.array(z.union([z.string(), z.int()]))),
  outputs: z.record(z.string(), z.array(z.union([z.string(), z.int()]))),
});

const manifestSchema = z.strictObject({
  format: z.literal('songleaf-weights'),
  version: z.literal(1),
  weights: z.array(weightSchema),
});
export type WeightsManifest = z.infer<typeof manifestSchema>;

const reinstallHint = 'Install Songleaf again, or restore the folder models/weights from its source.';

/**
 * Reads `manifest.json` of the folder that holds the networks.
 * @throws SongleafError `model-missing` or `model-corrupt`
 */
export async function readManifest(weightsDir: string): Promise<WeightsManifest> {
  const file = path.join(weightsDir, 'manifest.json');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new SongleafError('model-missing', `The list of networks ${file} cannot be read.`, reinstallHint, {
      cause,
    });
  }
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new SongleafError('model-corrupt', `The list of networks ${file} is damaged.`, reinstallHint, {
      cause,
    });
  }
}

/**
 * Reads a network's file and checks its SHA-256 against the manifest before anything parses it.
 * @throws SongleafError `model-missing` or `model-corrupt`
 */
export async function readWeights(weightsDir: string, name: string): Promise<Uint8Array> {
  const { file, entry } = await findEntry(weightsDir, name);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    throw unreadable(file, cause);
  }
  if (createHash('sha256').update(bytes).digest('hex') !== entry.sha256) throw changed(file);
  return bytes;
}

/**
 * Checks a network's file like `readWeights` and gives its path, so that a large one need not be held twice.
 * @throws SongleafError `model-missing` or `model-corrupt`
 */
async function checkWeights(weightsDir: string, name: string): Promise<string> {
  const { file, entry } = await findEntry(weightsDir, name);
  let sha256: string;
  try {
    const hash = createHash('sha256');
    for await (const part of createReadStream(file)) hash.update(part as Buffer);
    sha256 = hash.digest('hex');
  } catch (cause) {
    throw unreadable(file, cause);
  }
  if (sha256 !== entry.sha256) throw changed(file);
  return file;
}

/** Networks of more bytes are not held in memory beside the runtime's own copy. */
const LARGE_BYTES = 16_000_000;

/**
 * A network checked against the manifest, as the runtime should get it: its bytes, or the path of a large one.
 * @throws SongleafError `model-missing` or `model-corrupt`
 */
export async function openWeights(weightsDir: string, name: string): Promise<string | Uint8Array> {
  const { entry } = await findEntry(weightsDir, name);
  return entry.bytes > LARGE_BYTES
    ? await checkWeights(weightsDir, name)
    : await readWeights(weightsDir, name);
}

async function findEntry(weightsDir: string, name: string) {
  const manifest = await readManifest(weightsDir);
  const entry = manifest.weights.find((weight) => weight.name === name);
  if (!entry) {
    throw new SongleafError('model-missing', `The network ${name} is not in ${weightsDir}.`, reinstallHint);
  }
  return { entry, file: path.join(weightsDir, entry.file) };
}

function unreadable(file: string, cause: unknown): SongleafError {
  return new SongleafError('model-missing', `The network file ${file} cannot be read.`, reinstallHint, {
    cause,
  });
}

function changed(file: string): SongleafError {
  return new SongleafError(
    'model-corrupt',
    `The network file ${file} is not the one that belongs to this version.`,
    reinstallHint,
  );
}
