import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { readStyle } from '../../../main/cli/style-flags.ts';
import { addTakeFlags, readTakeFlags, type TakeFlags } from '../../../main/cli/take-flags.ts';
import { arrangeSettingsSchema, USUAL_FREEDOM } from '../../../main/contract/arrangement.ts';

async function read(...args: string[]) {
  const command = addTakeFlags(new Command('x'))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  const flags = command.parse(args, { from: 'user' }).opts<TakeFlags>();
  return readTakeFlags(flags, 1, await readStyle(flags));
}

describe('the flags of a take', () => {
  it('are the contract’s defaults where none is given', async () => {
    expect(await read()).toEqual(arrangeSettingsSchema.parse({}));
  });

  it('reach every setting', async () => {
    const args =
      '--model chords --level easy --melody omit --density -1.5 --register 2 --drive 0 --closeness 0.5 --freedom 1';
    const more = '--style chance --bars 5-8 --roll 1:9 --roll 2-3:4';
    expect(await read(...args.split(' '), ...more.split(' '))).toEqual({
      model: 'chords',
      level: 'easy',
      melody: 'omit',
      seed: 1,
      texture: { density: -1.5, register: 2, drive: 0, closeness: 0.5, freedom: 1 },
      style: { kind: 'chance' },
      passage: { first: 4, last: 7 },
      rolls: [
        { bars: [0], seed: 9 },
        { bars: [1, 2], seed: 4 },
      ],
    });
  });

  it.each([
    ['--density', '2.5'],
    ['--density', ''],
    ['--drive', 'much'],
    ['--freedom', '-0.1'],
    ['--style', 'mine'],
    ['--bars', '0-4'],
    ['--bars', '8-5'],
    ['--bars', '5-'],
    ['--roll', '5-8'],
    ['--roll', '5-8:'],
    ['--roll', '5-8:-1'],
    ['--roll', '5-8:1:2'],
    ['--joins', 'third-bar'],
    ['--share', '1.5'],
    ['--share', '0.5'],
    ['--morph', '2'],
  ])('refuse %s %s', async (flag, value) => {
    await expect(read('--model', 'a2s', flag, value)).rejects.toThrow();
  });

  it('follow the texture of a file, without more', async () => {
    const file = fileURLToPath(new URL('../../fixtures/arrangements/waltz.musicxml', import.meta.url));
    const settings = await read('--model', 'a2s', '--texture-from', file, '--joins', 'smooth');
    expect(settings).toMatchObject({ model: 'a2s', joins: 'smooth' });
    // Its pickup is left out, its silent last bar too.
    const notes = [
      [0, 48, 12],
      [0, 72, 12],
    ];
    expect(settings.style).toEqual({
      kind: 'score',
      score: { title: 'Waltz & <Trio>', steps: 12, bars: [0], notes },
    });
    const own = await read('--texture-from', file);
    expect(own).toMatchObject({ model: 'songleaf', style: settings.style });
    for (const refused of [
      ['--model', 'chords', '--texture-from', file],
      ['--model', 'reduction', '--morph', '1', '2'],
      ['--joins', 'smooth'],
    ]) {
      await expect(read(...refused)).rejects.toMatchObject({ code: 'bad-request' });
    }
    await expect(read('--model', 'a2s', '--texture-from', file, '--style', 'chance')).rejects.toMatchObject({
      code: 'bad-request',
    });
    await expect(read('--model', 'a2s', '--texture-from', 'gone.mid')).rejects.toMatchObject({
      code: 'file-not-found',
    });
  });

  it('lie between takes by their seeds, or files', async () => {
    const { style } = await read('--model', 'a2s', '--morph', '1', '5', '--share', '0.25');
    expect(style).toEqual({
      kind: 'morph',
      from: { seed: 1, freedom: 0, style: { kind: 'song' } },
      to: { seed: 5, freedom: USUAL_FREEDOM, style: { kind: 'song' } },
      share: 0.25,
    });
    await expect(read('--model', 'a2s', '--morph', '1', '2', '3')).rejects.toMatchObject({
      code: 'bad-request',
    });
  });
});
