import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addTakeFlags, readTakeFlags, type TakeFlags } from '../../../main/cli/take-flags.ts';
import { arrangeSettingsSchema } from '../../../main/contract/arrangement.ts';

function read(...args: string[]) {
  const command = addTakeFlags(new Command('x'))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  return readTakeFlags(command.parse(args, { from: 'user' }).opts<TakeFlags>(), 1);
}

describe('the flags of a take', () => {
  it('are the contract’s defaults where none is given', () => {
    expect(read()).toEqual(arrangeSettingsSchema.parse({}));
  });

  it('reach every setting', () => {
    const args =
      '--model chords --level easy --melody omit --density -1.5 --register 2 --drive 0 --closeness 0.5 --freedom 1';
    const more = '--style chance --bars 5-8 --roll 1:9 --roll 2-3:4';
    expect(read(...args.split(' '), ...more.split(' '))).toEqual({
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
  ])('refuse %s %s', (flag, value) => {
    expect(() => read(flag, value)).toThrow();
  });
});
