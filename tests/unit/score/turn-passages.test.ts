import { expect, it } from 'vitest';
import { engrave } from '../../../main/engine/score/engrave.ts';
import { turnPassages } from '../../../main/engine/score/turn-passages.ts';
import { makeArrangement, makeBars, note } from './arrangements.ts';

const barAt = (tick: number) => Math.floor(tick / 192);
/** F flat, A flat and C flat major chords, as places on the line of fifths. */
const flats = [-8, -4, -7, -8, -4, -7, -8, -4, -7, -8, -4, -7];
/** A flat, C and E flat. */
const home = [-4, 0, -3, -4, 0, -3];
/** Enough of them to turn back for. */
const end = [0, 1, 2, 3, 4, 5].flatMap(() => home);
const pitches = (names: readonly number[]) => names.map((name) => 60 + ((((name * 7) % 12) + 12) % 12));

function lay(bars: readonly (readonly number[])[]) {
  const notes = bars.flatMap((names, bar) =>
    pitches(names).map((pitch, at) => ({ start: bar * 192 + at * 5, pitch })),
  );
  return turnPassages(notes, bars.flat(), barAt, bars.length);
}

it('writes E major for F flat major where a passage is long', () => {
  const turned = lay([home, flats, flats, flats, flats, end]);
  expect(turned.slice(6, 54)).toEqual([...flats, ...flats, ...flats, ...flats].map((name) => name + 12));
  expect([...turned.slice(0, 6), ...turned.slice(54)]).toEqual([...home, ...end]);
});

it('leaves a bar of such chords as it stands to its neighbours', () => {
  expect(lay([home, home, flats.slice(0, 6), home])).toEqual([home, home, flats.slice(0, 6), home].flat());
});

it('turns under a key that was found, and not under one that a file states', () => {
  /** A flat major, stepwise down the flats to B double flat major, where it stays. */
  const roots = [8, 8, 1, 6, 11, 4, ...new Array<number>(10).fill(9)];
  const notes = roots.flatMap((root, bar) =>
    [0, 48, 96, 144].flatMap((at) =>
      [0, 4, 7, 10].map((third) => note(bar * 192 + at, 48, 60 + ((root + third) % 12))),
    ),
  );
  const doubles = (confidence: number) => {
    const arrangement = makeArrangement({
      bars: makeBars(roots.map(() => ({ beats: 4 }))),
      keys: [{ start: 0, tonic: 8, mode: 'major', confidence }],
      notes: notes.sort((a, b) => a.start - b.start || a.pitch - b.pitch),
    });
    return engrave(arrangement)
      .parts[0]!.measures.flatMap(({ voices }) => voices.flatMap(({ events }) => events))
      .flatMap((event) => (event.kind === 'chord' ? event.notes : []))
      .filter(({ alter }) => Math.abs(alter) === 2).length;
  };
  expect(doubles(1)).toBeGreaterThan(0);
  expect(doubles(0.9)).toBe(0);
});
