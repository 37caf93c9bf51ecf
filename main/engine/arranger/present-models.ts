import { type ModelName, modelNames } from '../../contract/arrangement.ts';
import { SongleafError } from '../../contract/errors.ts';
import { readManifest } from '../weights.ts';

/** Networks of arrangers that a copy of Songleaf may lack. */
const networksOf: Partial<Record<ModelName, readonly string[]>> = {
  a2s: ['a2s-encode', 'a2s-score', 'a2s-decode'],
};

/** Arrangers whose networks are in the manifest. @throws SongleafError `model-missing`, `model-corrupt` */
export async function listPresentModels(weightsDir: string): Promise<ModelName[]> {
  const { weights } = await readManifest(weightsDir);
  const names = new Set(weights.map(({ name }) => name));
  return modelNames.filter((model) => (networksOf[model] ?? []).every((name) => names.has(name)));
}

/** Refuses an arranger whose networks are not there. @throws SongleafError `model-missing`, `model-corrupt` */
export async function checkModel(model: ModelName, weightsDir: string): Promise<void> {
  if ((await listPresentModels(weightsDir)).includes(model)) return;
  throw new SongleafError(
    'model-missing',
    `The networks of the arranger ${model} are not in ${weightsDir}.`,
    'Choose another arranger, or install a Songleaf that has them.',
  );
}
