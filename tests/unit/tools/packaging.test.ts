import fs from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { collectLicences } from '../../../tools/licences.mjs';
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

  it('brings every network along that the engine asks for', () => {
    const sources = fs.readdirSync(inRoot('main', 'engine'), { recursive: true }).map(String);
    const text = sources
      .filter((name) => name.endsWith('.ts'))
      .map((name) => fs.readFileSync(inRoot('main', 'engine', name), 'utf8'))
      .join('\n');
    const { weights } = JSON.parse(fs.readFileSync(inRoot('models', 'weights', 'manifest.json'), 'utf8')) as {
      weights: { name: string; file: string }[];
    };
    const [networks] = config.extraResources as { from: string; filter: string[] }[];
    expect(networks.from).toBe('models/weights');
    expect(networks.filter).toContain('*.onnx');
    const leftOut = networks.filter.filter((pattern) => pattern.startsWith('!'));
    expect(leftOut).toEqual(['!chords_{0,1,2,3}.onnx']);
    const asked = weights.filter(({ name }) => text.includes(`'${name}'`)).map(({ name }) => name);
    for (const name of ['chords-0', 'chords-1', 'chords-2', 'chords-3']) expect(asked).not.toContain(name);
    expect(asked).toContain('arranger-writer');
  });

  it('has what each system asks for', () => {
    const png = fs.readFileSync(inRoot('resources', 'icon.png'));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1024, 1024]);
    const { entitlements } = config.mac as { entitlements: string };
    expect(fs.readFileSync(inRoot(entitlements), 'utf8')).toContain('com.apple.security.cs.allow-jit');
    expect(config.extraResources).toContainEqual({ from: 'LICENSE', to: 'LICENSE' });
    expect(config.extraResources).toContainEqual({ from: 'build/licences.txt', to: 'licences.txt' });
    for (const key of ['linux', 'win', 'mac']) expect(config[key]).toHaveProperty('target');
  });

  it('lists whose packages ship, none of them under terms that would bind the app', () => {
    const licences = collectLicences();
    const names = licences.map(({ name }) => name);
    for (const name of ['react', 'opensheetmusicdisplay', 'onnxruntime-node', 'better-sqlite3', 'zod'])
      expect(names).toContain(name);
    for (const { name, licence } of licences) {
      expect(licence, name).toMatch(/MIT|Apache-2.0|ISC|BSD|BlueOak|0BSD|CC0|LGPL/);
    }
    // A library that is loaded beside the app and can be replaced.
    expect(licences.filter(({ licence }) => /^L?GPL/.test(licence)).map(({ name }) => name)).toEqual([
      'codec-parser',
    ]);
  });

  it('opens the kinds of audio that Songleaf reads', () => {
    const extensions = (config.fileAssociations as { ext: string | string[] }[]).flatMap(({ ext }) => ext);
    for (const ext of ['mp3', 'flac', 'ogg', 'opus', 'wav', 'aiff', 'm4a']) expect(extensions).toContain(ext);
  });
});
