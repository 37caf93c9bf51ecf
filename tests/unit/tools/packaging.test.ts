import fs from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { inRoot } from '../../../tools/places.mjs';

const require = createRequire(import.meta.url);
// Not public: the same check that electron-builder makes before it packs anything.
const { validateConfiguration } = require('app-builder-lib/out/util/config/config') as {
  validateConfiguration(config: object, log: { isEnabled: boolean; add(): void }): Promise<void>;
};
const { load } = require('js-yaml') as { load(text: string): Record<string, unknown> };

const config = load(fs.readFileSync(inRoot('electron-builder.yml'), 'utf8'));
const validate = (changed: object) =>
  validateConfiguration(changed, { isEnabled: false, add: () => undefined });
const listed = (key: string) => config[key] as string[];

describe('electron-builder.yml', () => {
  it('fits the schema', async () => {
    await expect(validate(config)).resolves.toBeUndefined();
  });

  it('would not fit with a misspelt key', async () => {
    await expect(validate({ ...config, asarr: true })).rejects.toThrow(/unknown property 'asarr'/);
    const linux = { ...(config.linux as object), targets: ['deb'] };
    await expect(validate({ ...config, linux })).rejects.toThrow(/configuration\.linux/);
  });

  it('closes every way into the packed app', () => {
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      onlyLoadAppFromAsar: true,
      enableEmbeddedAsarIntegrityValidation: true,
      enableCookieEncryption: true,
      grantFileProtocolExtraPrivileges: false,
      loadBrowserProcessSpecificV8Snapshot: false,
    });
  });

  it('keeps native libraries outside the archive and compiles nothing', () => {
    expect(config.npmRebuild).toBe(false);
    expect(listed('asarUnpack')).toEqual(['**/*.node', 'node_modules/onnxruntime-node/bin/**']);
  });

  it('brings the piano along, with its licence', () => {
    expect(config.extraResources).toContainEqual({ from: 'resources/piano', to: 'piano' });
    for (const name of ['manifest.json', 'piano.sf3', 'licence.md']) {
      expect(fs.existsSync(inRoot('resources', 'piano', name))).toBe(true);
    }
  });

  it('opens the kinds of audio that Songleaf reads', () => {
    const extensions = (config.fileAssociations as { ext: string | string[] }[]).flatMap(({ ext }) => ext);
    for (const ext of ['mp3', 'flac', 'ogg', 'opus', 'wav', 'aiff', 'm4a']) expect(extensions).toContain(ext);
  });
});
