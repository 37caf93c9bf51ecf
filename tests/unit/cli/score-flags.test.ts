import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addScoreFlags, offerTransposition, readScoreFlags } from '../../../main/cli/score-flags.ts';
import { defaultScoreOptions } from '../../../main/contract/score-options.ts';
import { makeArrangement } from '../score/arrangements.ts';

function read(...args: string[]) {
  const command = addScoreFlags(new Command('x'))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  return readScoreFlags(command.parse(args, { from: 'user' }).opts());
}

const key = (tonic: number, mode: 'major' | 'minor' = 'major') => ({ start: 0, tonic, mode, confidence: 1 });

describe('the flags of a score', () => {
  it('are the defaults where none is given', () => {
    expect(read()).toEqual(defaultScoreOptions);
  });

  it('reach every option', () => {
    const args =
      '--transpose -3 --lead-sheet --lead-sheet-alone --repeats --pedal --no-dynamics --fingering --large-print';
    expect(read(...args.split(' '), '--bars-per-system', '0')).toEqual({
      transpose: -3,
      leadSheet: true,
      leadSheetAlone: true,
      repeats: true,
      pedal: true,
      dynamics: false,
      fingering: true,
      largePrint: true,
      barsPerSystem: 0,
    });
  });

  it.each([
    ['--transpose', '12'],
    ['--transpose', 'up'],
    ['--bars-per-system', '-1'],
  ])('refuse %s %s', (flag, value) => {
    expect(() => read(flag, value)).toThrow();
  });
});

describe('offerTransposition', () => {
  const offer = (level: 'easy' | 'full', keys: ReturnType<typeof key>[], transpose = 0) =>
    offerTransposition(makeArrangement({ keys, settings: { level } }), { ...defaultScoreOptions, transpose });

  it('names an easier key for level easy', () => {
    expect(offer('easy', [key(1)])).toBe('easier to read in D major: --transpose 1');
    expect(offer('easy', [key(8, 'minor')])).toBe('easier to read in A minor: --transpose 1');
  });

  it('says nothing where there is nothing to say', () => {
    expect(offer('easy', [key(3)])).toBeNull();
    expect(offer('full', [key(1)])).toBeNull();
    expect(offer('easy', [key(1)], -1)).toBeNull();
  });
});
