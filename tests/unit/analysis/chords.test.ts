import { describe, expect, it } from 'vitest';
import { type Chord, chordQualities, chordSchema } from '../../../main/contract/analysis.ts';
import { hearHalves } from '../../../main/engine/analysis/chords/heard.ts';
import { decodeChords } from '../../../main/engine/analysis/chords.ts';
import { evidenceOf, gridOf, harmonyOf, type Sounding } from './chord-evidence.ts';
import { repeat } from './chroma-of.ts';

const name = (chord: Chord) =>
  chord.root === null
    ? 'N'
    : `${chord.root}${chord.quality}${chord.bass === chord.root ? '' : `/${chord.bass}`}`;

/** @param silentNotes the transcriber heard nothing */
function find(halves: readonly (Sounding | null)[], silentNotes = false): Chord[] {
  const evidence = evidenceOf(halves);
  if (silentNotes) evidence.note.fill(0);
  const { frames, bars } = gridOf(halves.length);
  const chords = decodeChords(hearHalves(evidence, frames), harmonyOf(halves), bars);
  for (const chord of chords) chordSchema.parse(chord);
  return chords;
}

/** Chords with their beats. */
const recognise = (halves: readonly (Sounding | null)[]) =>
  find(halves).map((chord) => `${name(chord)}*${chord.duration / 48}`);

const C: Sounding = { root: 0, quality: 'maj' };
const F: Sounding = { root: 5, quality: 'maj' };
const G: Sounding = { root: 7, quality: 'maj' };
const Am: Sounding = { root: 9, quality: 'min' };

describe('decodeChords', () => {
  it.each(chordQualities)('names %s on every root', (quality) => {
    for (let root = 0; root < 12; root++) {
      expect(recognise(repeat({ root, quality }, 16))).toEqual([`${root}${quality}*8`]);
    }
  });

  it('hears a cadence on its bars', () => {
    const bars = [C, Am, F, G, C].flatMap((chord) => repeat(chord, 8));
    expect(recognise(bars)).toEqual(['0maj*4', '9min*4', '5maj*4', '7maj*4', '0maj*4']);
  });

  it('keeps a passing beat from changing the chord', () => {
    // For a beat A minor is as likely as C.
    const torn = repeat({ ...C, sure: 0.45, or: { root: 9, quality: 'min' } as const }, 2);
    expect(recognise([...repeat(C, 6), ...torn, ...repeat(C, 8), ...repeat(G, 8)])).toEqual([
      '0maj*8',
      '7maj*4',
    ]);
  });

  it('begins a chord that comes an eighth early on its beat', () => {
    const early = [...repeat(C, 7), ...repeat(F, 8), ...repeat(G, 8), ...repeat(C, 9)];
    expect(recognise(early)).toEqual(['0maj*4', '5maj*4', '7maj*4', '0maj*4']);
  });

  it('begins a chord that comes an eighth late on its beat', () => {
    const late = [...repeat(C, 9), ...repeat(F, 8), ...repeat(G, 8), ...repeat(C, 7)];
    expect(recognise(late)).toEqual(['0maj*4', '5maj*4', '7maj*4', '0maj*4']);
  });

  it('names the bass where another chord tone lies there', () => {
    expect(recognise([...repeat(C, 8), ...repeat({ ...G, bass: 11 }, 8), ...repeat(Am, 8)])).toEqual([
      '0maj*4',
      '7maj/11*4',
      '9min*4',
    ]);
  });

  it('follows a bass that moves under a chord', () => {
    expect(recognise([...repeat(C, 8), ...repeat({ ...C, bass: 4 }, 8), ...repeat(F, 8)])).toEqual([
      '0maj*4',
      '0maj/4*4',
      '5maj*4',
    ]);
  });

  it('calls a seventh plain where the evidence is thin', () => {
    const heard = (colour: number) => {
      const seventh: Sounding = { root: 2, quality: 'min7', colour };
      // The notes alone would tell the seventh.
      return name(find([...repeat(C, 8), ...repeat(seventh, 8), ...repeat(G, 8), ...repeat(C, 8)], true)[1]);
    };
    expect(heard(0.3)).toBe('2min');
    expect(heard(0.95)).toBe('2min7');
  });

  it('calls silence no chord', () => {
    expect(recognise([...repeat(null, 8), ...repeat(C, 8)])).toEqual(['N*4', '0maj*4']);
  });

  it('prefers what the key and the progression make likely where the network is torn', () => {
    const home = [C, Am, F, G].flatMap((chord) => repeat(chord, 8));
    // F sharp is as likely as F.
    const torn = repeat({ ...F, sure: 0.3, or: { root: 6, quality: 'maj' } as const }, 8);
    const halves = [...home, ...home, ...torn, ...repeat(G, 8), ...repeat(C, 8)];
    expect(find(halves, true).map(name)[8]).toBe('5maj');
  });

  it('tells what else a chord may be, with its probability', () => {
    const sure = find([...repeat(C, 16), ...repeat(F, 16)]);
    // A minor is nearly as likely as C.
    const doubtful = repeat({ ...C, sure: 0.45, or: { root: 9, quality: 'min' } as const }, 16);
    const [torn] = find([...doubtful, ...repeat(F, 16)], true);
    expect(sure[0].confidence).toBeGreaterThan(0.95);
    expect(torn.confidence).toBeLessThan(0.9);
    const names = [torn, ...(torn.alternatives ?? [])].map(({ root, quality }) => `${root}${quality}`);
    expect(names.slice(0, 2).toSorted()).toEqual(['0maj', '9min']);
    const sum = (torn.alternatives ?? []).reduce((all, { probability }) => all + probability, 0);
    expect(torn.confidence + sum).toBeLessThanOrEqual(1.0001);
  });

  it('covers every beat once, whatever is heard, and always in the same way', () => {
    const evidence = evidenceOf(repeat(C, 256));
    let seed = 1;
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed;
    };
    for (let i = 0; i < evidence.note.length; i++) evidence.note[i] = random() % 256;
    const harmony = harmonyOf(repeat(C, 256));
    for (const plane of [harmony.chords, harmony.bass])
      for (let i = 0; i < plane.length; i++) plane[i] = -(random() % 257) / 16;
    const { frames, bars } = gridOf(256);
    const chords = decodeChords(hearHalves(evidence, frames), harmony, bars);
    let at = 0;
    for (const chord of chords) {
      chordSchema.parse(chord);
      expect(chord.start).toBe(at);
      at += chord.duration;
    }
    expect(at).toBe(128 * 48);
    expect(decodeChords(hearHalves(evidence, frames), harmony, bars)).toEqual(chords);
  });

  it('holds one chord as long as it lasts', () => {
    expect(recognise(repeat(C, 200))).toEqual(['0maj*100']);
  });
});
