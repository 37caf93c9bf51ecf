import { expect, it } from 'vitest';
import { engrave } from '../../../main/engine/score/engrave.ts';
import { makeArrangement, note } from './arrangements.ts';

const voices = (notes: ReturnType<typeof note>[]) =>
  engrave(makeArrangement({ notes })).parts[0]!.measures[0]!.voices.filter(({ staff }) => staff === 1);

it('keeps a melody in one voice where its notes overlap', () => {
  const written = voices([note(0, 60, 68, 'melody'), note(48, 48, 69, 'melody'), note(96, 96, 71, 'melody')]);
  expect(written).toHaveLength(1);
  expect(written[0]!.events.map(({ duration }) => duration)).toEqual([96, 96, 192]);
});

it('leaves what sounds with the melody, and melody notes that begin together', () => {
  const written = voices([
    note(0, 192, 72, 'inner'),
    note(0, 48, 84, 'melody'),
    note(48, 144, 79, 'melody'),
    note(48, 144, 83, 'melody'),
  ]);
  expect(written).toHaveLength(2);
  expect(written[1]!.events.map(({ duration }) => duration)).toEqual([384]);
});
