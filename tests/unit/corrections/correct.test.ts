import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../../main/contract/analysis.ts';
import type { Correction } from '../../../main/contract/corrections.ts';
import { SongleafError } from '../../../main/contract/errors.ts';
import { TICKS_PER_BEAT } from '../../../main/contract/grid.ts';
import { correct } from '../../../main/engine/corrections/correct.ts';
import { readMaterial } from '../arranger/support/fixtures.ts';

import { expectWhole } from './support/check-analysis.ts';
import { closeEnds } from './support/close-ends.ts';

const song = closeEnds(readMaterial('pop909-004').analysis);

function downbeatTimes({ beats }: Analysis): number[] {
  return beats.filter(({ position }) => position === 1).map(({ time }) => time);
}

describe('tempo', () => {
  it('twice as fast: a beat between every two, downbeats stay, bars keep their length', () => {
    const fast = correct(song, { kind: 'double' });
    expectWhole(fast);
    expect(fast.beats).toHaveLength(2 * song.beats.length);
    expect(fast.tempo.bpm).toBeCloseTo(2 * song.tempo.bpm, 0);
    expect(fast.beats.filter((_, i) => i % 2 === 0).map(({ time }) => time)).toEqual(
      song.beats.map(({ time }) => time),
    );
    const downs = new Set(downbeatTimes(fast));
    expect(downbeatTimes(song).every((time) => downs.has(time))).toBe(true);
    expect(fast.metres).toHaveLength(1);
    expect(fast.metres[0].beats).toBe(song.metres[0].beats);
    expect(fast.chords.map(({ start, root }) => [start, root])).toEqual(
      song.chords.map(({ start, root }) => [2 * start, root]),
    );
  });

  it('half as fast and twice again gives the same beats', () => {
    const even = { ...song, beats: song.beats.slice(0, song.beats.length & ~1) };
    const slow = correct(closeEnds(even), { kind: 'halve' });
    expectWhole(slow);
    expect(slow.tempo.bpm).toBeCloseTo(song.tempo.bpm / 2, 0);
    expect(slow.beats.map(({ time }) => time)).toEqual(
      even.beats
        .filter((_, i) => i % 2 === (even.beats.findIndex((b) => b.position === 1) & 1))
        .map((b) => b.time),
    );
    const back = correct(slow, { kind: 'double' });
    expectWhole(back);
    expect(back.beats).toHaveLength(even.beats.length);
    for (const [i, beat] of back.beats.entries()) {
      const first = even.beats.findIndex((b) => b.position === 1) & 1;
      if (even.beats[i + first]) expect(Math.abs(beat.time - even.beats[i + first].time)).toBeLessThan(0.05);
    }
  });

  it('refuses a tempo that no music has', () => {
    let fast = song;
    expect(() => {
      for (let i = 0; i < 5; i++) fast = correct(fast, { kind: 'double' });
    }).toThrow(SongleafError);
  });
});

describe('bars', () => {
  it('begin a beat later, and come back', () => {
    const later = correct(song, { kind: 'shift', beats: 1 });
    expectWhole(later);
    expect(downbeatTimes(later)).toContain(
      song.beats[song.beats.findIndex((b) => b.position === 1) + 1].time,
    );
    const back = correct(later, { kind: 'shift', beats: -1 });
    expect(back.beats.map(({ position }) => position)).toEqual(song.beats.map(({ position }) => position));
    // Notes and chords stay where they sound.
    expect(later.melody).toEqual(song.melody);
    expect(later.chords).toEqual(song.chords);
  });

  it('have another metre from a bar on, up to the next that was set', () => {
    const start = song.beats.findIndex(({ position }, i) => position === 1 && i > 20);
    const waltz = correct(song, { kind: 'metre', beat: start, beats: 3, unit: 'quarter' });
    expectWhole(waltz);
    expect(waltz.metres.map(({ beats }) => beats)).toEqual([4, 3]);
    expect(waltz.metres[1]).toMatchObject({ start: start * TICKS_PER_BEAT, byHand: true });
    const two = correct(waltz, { kind: 'metre', beat: start - 8, beats: 2, unit: 'quarter' });
    expectWhole(two);
    expect(two.metres.map(({ start: at, beats }) => [at / TICKS_PER_BEAT, beats])).toEqual([
      [0, 4],
      [start - 8, 2],
      [start, 3],
    ]);
  });
});

describe('beats', () => {
  it('lie where they were tapped, and the others stay', () => {
    const from = 16;
    const taps = Array.from({ length: 17 }, (_, i) => song.beats[from].time + i * 0.7);
    const tapped = correct(song, { kind: 'tap', times: taps });
    expectWhole(tapped);
    const byHand = tapped.beats.filter((beat) => beat.byHand).map(({ time }) => time);
    expect(byHand).toHaveLength(17);
    for (const [i, time] of byHand.entries()) expect(time).toBeCloseTo(taps[i], 3);
    expect(tapped.beats.slice(0, from)).toEqual(song.beats.slice(0, from));
    expect(tapped.beats.at(-1)!.time).toBe(song.beats.at(-1)!.time);
  });

  it('are drawn to the attacks beside the taps', () => {
    const attack = new Float32Array(30_000).fill(-0.2);
    const frames = Array.from({ length: 40 }, (_, i) => 1000 + 50 * i);
    for (const frame of frames) attack[frame] = 4;
    const late = frames.map((frame, i) => ((frame + 4 + (i % 3)) * 256) / 22_050);
    const { beats } = correct(song, { kind: 'tap', times: late }, attack);
    const byHand = beats.filter((beat) => beat.byHand).map(({ time }) => Math.round((time * 22_050) / 256));
    expect(byHand).toEqual(frames);
  });

  it('can be moved, added and removed one by one', () => {
    const moved = correct(song, { kind: 'move-beat', beat: 9, time: song.beats[9].time + 0.05 });
    expectWhole(moved);
    expect(moved.beats[9]).toMatchObject({ byHand: true, position: song.beats[9].position });
    const middle = (song.beats[9].time + song.beats[10].time) / 2;
    const added = correct(song, { kind: 'add-beat', time: middle });
    expectWhole(added);
    expect(added.beats).toHaveLength(song.beats.length + 1);
    const removed = correct(added, { kind: 'remove-beat', beat: 10 });
    expect(removed.beats).toEqual(song.beats);
    expect(() => correct(song, { kind: 'move-beat', beat: 9, time: song.beats[11].time })).toThrow(
      SongleafError,
    );
  });
});

describe('chords, keys, sections and notes', () => {
  it('keep what a person typed, also on other beats', () => {
    const { start, duration } = song.chords[5];
    const typed = correct(song, { kind: 'chord', start, duration, root: 1, quality: 'dim7', bass: null });
    expectWhole(typed);
    expect(typed.chords[5]).toMatchObject({
      start,
      duration,
      root: 1,
      quality: 'dim7',
      bass: 1,
      byHand: true,
    });
    expect(typed.chords.filter((_, i) => i !== 5)).toEqual(song.chords.filter((_, i) => i !== 5));
    const fast = correct(typed, { kind: 'double' });
    expect(fast.chords.filter((chord) => chord.byHand)).toMatchObject([
      { start: 2 * start, duration: 2 * duration, root: 1 },
    ]);
  });

  it('move a chord border and leave all others', () => {
    const { start } = song.chords[5];
    const moved = correct(song, { kind: 'chord-border', from: start, to: start + 24 });
    expectWhole(moved);
    expect(moved.chords[5].start).toBe(start + 24);
    const past = song.chords[6].start;
    expect(() => correct(song, { kind: 'chord-border', from: start, to: past })).toThrow(SongleafError);
  });

  it('set the key of the song or from a bar on', () => {
    const whole = correct(song, { kind: 'key', start: 480, tonic: 3, mode: 'minor', whole: true });
    expect(whole.keys).toMatchObject([{ start: 0, tonic: 3, mode: 'minor', byHand: true }]);
    const later = correct(whole, { kind: 'key', start: 960, tonic: 5, mode: 'minor', whole: false });
    expect(later.keys.map(({ start, tonic }) => [start, tonic])).toEqual([
      [0, 3],
      [960, 5],
    ]);
    const [found] = song.keys;
    const two = { ...song, keys: [found, { ...found, start: 960, tonic: (found.tonic + 7) % 12 }] };
    const told = { start: 960, tonic: found.tonic, mode: found.mode };
    // What was found before it says the same, but may be found otherwise later.
    expect(correct(two, { kind: 'key', ...told, whole: false }).keys[1]).toMatchObject({
      ...told,
      byHand: true,
    });
    const same = correct(later, { kind: 'key', start: 960, tonic: 3, mode: 'minor', whole: false });
    expect(same.keys).toHaveLength(1);
  });

  it('rename, move, split and join sections', () => {
    const [, second] = song.sections;
    const named = correct(song, { kind: 'section-name', start: second.start, label: 'Verse', alike: true });
    expect(named.sections.filter(({ label }) => label === 'Verse').length).toBe(
      song.sections.filter(({ label }) => label === second.label).length,
    );
    const moved = correct(named, { kind: 'section-border', from: second.start, to: second.start + 200 });
    expectWhole(moved);
    expect(moved.sections[1].start).toBe(second.start + 192);
    const split = correct(moved, { kind: 'section-split', at: moved.sections[1].start + 400 });
    expectWhole(split);
    expect(split.sections).toHaveLength(song.sections.length + 1);
    const joined = correct(split, { kind: 'section-join', start: split.sections[2].start });
    expect(joined.sections.map(({ start }) => start)).toEqual(moved.sections.map(({ start }) => start));
  });

  it('change, remove and add notes of one line', () => {
    const old = song.melody[10];
    const higher = correct(song, {
      kind: 'note',
      start: old.start,
      note: { start: old.start, duration: old.duration, pitch: old.pitch + 1 },
    });
    expectWhole(higher);
    expect(higher.melody[10]).toMatchObject({ pitch: old.pitch + 1, byHand: true });
    const removed = correct(song, { kind: 'note', start: old.start, note: null });
    expect(removed.melody).toHaveLength(song.melody.length - 1);
    expect(removed.rests).toEqual([{ start: old.start, duration: old.duration }]);
    const { start, duration, pitch } = old;
    const back = correct(removed, { kind: 'add-note', note: { start, duration, pitch } });
    expectWhole(back);
    expect(back.melody[10]).toMatchObject({ start, duration, pitch });
    expect(back.rests).toBeUndefined();
  });
});

const tick = fc.nat(song.beats.length * TICKS_PER_BEAT + 100);
const seconds = fc.double({ min: 0, max: song.song.duration, noNaN: true });
const beat = fc.nat(song.beats.length + 2);
const note = fc.record({
  start: tick,
  duration: fc.integer({ min: 1, max: 500 }),
  pitch: fc.integer({ min: 40, max: 90 }),
});
/** Gestures of all kinds, sensible or not; those on something that starts somewhere mostly name one that does. */
const gesture = fc.oneof(
  fc.constant({ kind: 'double' }),
  fc.record({ kind: fc.constant('halve'), first: fc.nat(1) }),
  fc.record({ kind: fc.constant('shift'), beats: fc.integer({ min: -15, max: 15 }) }),
  fc
    .record({
      from: seconds,
      gap: fc.double({ min: 0.2, max: 2, noNaN: true }),
      count: fc.integer({ min: 4, max: 60 }),
    })
    .map(({ from, gap, count }) => ({
      kind: 'tap',
      times: Array.from({ length: count }, (_, i) => from + i * gap),
    })),
  fc.record({
    kind: fc.constant('metre'),
    beat,
    beats: fc.integer({ min: 1, max: 16 }),
    unit: fc.constantFrom('quarter', 'dotted-quarter'),
  }),
  fc.record({ kind: fc.constant('move-beat'), beat, time: seconds }),
  fc.record({ kind: fc.constant('add-beat'), time: seconds }),
  fc.record({ kind: fc.constant('remove-beat'), beat }),
  fc.record({
    kind: fc.constant('chord'),
    start: tick,
    duration: fc.integer({ min: 1, max: 2000 }),
    root: fc.nat(11),
    quality: fc.constantFrom('maj', 'min7'),
    bass: fc.constant(null),
  }),
  fc.record({ kind: fc.constant('chord-border'), from: tick, to: tick }),
  fc.record({
    kind: fc.constant('key'),
    start: tick,
    tonic: fc.nat(11),
    mode: fc.constantFrom('major', 'minor'),
    whole: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('section-name'), start: tick, label: fc.constant('X'), alike: fc.boolean() }),
  fc.record({ kind: fc.constant('section-border'), from: tick, to: tick }),
  fc.record({ kind: fc.constant('section-split'), at: tick }),
  fc.record({ kind: fc.constant('section-join'), start: tick }),
  fc.record({ kind: fc.constant('note'), start: tick, note: fc.option(note) }),
  fc.record({ kind: fc.constant('add-note'), note }),
) as fc.Arbitrary<Correction>;

/** Names the start of what is nearest to where the gesture points. */
function aim(analysis: Analysis, correction: Correction): Correction {
  const nearest = (spans: readonly { start: number }[], to: number) =>
    spans.reduce((best, { start }) => (Math.abs(start - to) < Math.abs(best - to) ? start : best), 0);
  switch (correction.kind) {
    case 'chord-border':
      return { ...correction, from: nearest(analysis.chords, correction.from) };
    case 'section-border':
      return { ...correction, from: nearest(analysis.sections, correction.from) };
    case 'section-name':
    case 'section-join':
      return { ...correction, start: nearest(analysis.sections, correction.start) };
    case 'note':
      return { ...correction, start: nearest(analysis.melody, correction.start) };
    default:
      return correction;
  }
}

it('whatever is corrected, the analysis stays whole, and what makes no sense is refused in words', () => {
  let made = 0;
  fc.assert(
    fc.property(fc.array(gesture, { minLength: 1, maxLength: 8 }), (gestures) => {
      let analysis = song;
      for (const each of gestures) {
        const before = JSON.stringify(analysis);
        try {
          const corrected = correct(analysis, aim(analysis, each));
          expectWhole(corrected);
          expect(JSON.stringify(analysis)).toBe(before);
          analysis = corrected;
          made += 1;
        } catch (error) {
          if (!(error instanceof SongleafError)) throw error;
        }
      }
    }),
    { numRuns: 150, seed: 7 },
  );
  expect(made).toBeGreaterThan(200);
});
