import { describe, expect, it } from 'vitest';
import { modelNames } from '../../../../main/contract/arrangement.ts';
import { checkModel, listPresentModels } from '../../../../main/engine/arranger/present-models.ts';
import { findWeightsDir } from '../../../../main/engine/places.ts';
import { tinyNetworks } from '../support/tiny-a2s.ts';

describe('the arrangers that are there', () => {
  it('are those whose networks are in the manifest', async () => {
    expect(await listPresentModels(findWeightsDir())).toEqual(modelNames);
    expect(await listPresentModels(tinyNetworks.weightsDir)).toContain('a2s');
  });

  it('are told apart from those that are not, before a song is heard', async () => {
    await checkModel('a2s', tinyNetworks.weightsDir);
    await checkModel('songleaf', findWeightsDir());
    const nowhere = new URL('.', import.meta.url).pathname;
    await expect(checkModel('a2s', nowhere)).rejects.toMatchObject({ code: 'model-missing' });
  });
});
