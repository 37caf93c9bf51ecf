import { readFileSync } from 'node:fs';
import path from 'node:path';
import { modelNames } from '../../../main/contract/arrangement.ts';
import { findWeightsDir } from '../../../main/engine/places.ts';

const manifest = readFileSync(path.join(findWeightsDir(), 'manifest.json'), 'utf8');

/** The arrangers whose networks are there. */
export const presentModels = modelNames.filter((name) => name !== 'a2s' || manifest.includes('"a2s-decode"'));
