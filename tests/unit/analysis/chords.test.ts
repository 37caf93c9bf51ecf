import { describe, expect, it } from 'vitest';
import { type Chord, chordQualities, chordSchema } from '../../../main/contract/analysis.ts';
import { findChords } from '../../../main/engine/analysis/chords.ts';
import { evidenceOf, gridOf, type Sounding } from './chord-evidence.ts';
import { repeat } from './chroma-of.ts';

const name = (chord: Chord) =>
  chord.root === null
    ? 'N'
    : `${chord.root}${chord.quality}${chord.bass === chord.root ? '' : `/${chord.bass}`}`;

function find(halves: readonly (Sounding | null)[]): Chord[] {
  const chords = findChords(evidenceOf(halves), gridOf(halves.length));
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

describe('findChords', () => {
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
    const evidence = evidenceOf([...repeat(C, 16), ...repeat(G, 8)]);
    // For a beat A minor is as likely as C.
    for (let t = 6 * 11; t < 8 * 11; t++)
      evidence.chords[t * 100 + 1 + 12 + 9] = evidence.chords[t * 100 + 1];
    expect(findChords(evidence, gridOf(24)).map((chord) => `${name(chord)}*${chord.duration / 48}`)).toEqual([
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
      const evidence = evidenceOf([...repeat(C, 8), ...repeat(seventh, 8), ...repeat(G, 8), ...repeat(C, 8)]);
      // The notes alone would tell the seventh.
      evidence.note.fill(0);
      return name(findChords(evidence, gridOf(32))[1]);
    };
    expect(heard(0.3)).toBe('2min');
    expect(heard(0.95)).toBe('2min7');
  });

  it('calls silence no chord', () => {
    expect(recognise([...repeat(null, 8), ...repeat(C, 8)])).toEqual(['N*4', '0maj*4']);
  });

  it('prefers what the key and the progression make likely where the network is torn', () => {
    const home = [C, Am, F, G].flatMap((chord) => repeat(chord, 8));
    const halves = [...home, ...home, ...repeat({ ...F, sure: 0.3 }, 8), ...repeat(G, 8), ...repeat(C, 8)];
    const evidence = evidenceOf(halves);
    // F sharp is as likely as F.
    for (let t = 64 * 11; t < 72 * 11; t++)
      evidence.chords[t * 100 + 1 + 6] = evidence.chords[t * 100 + 1 + 5];
    evidence.note.fill(0);
    expect(findChords(evidence, gridOf(halves.length)).map(name)[8]).toBe('5maj');
  });

  it('tells what else a chord may be, with its probability', () => {
    const halves = [...repeat(C, 16), ...repeat(F, 16)];
    const evidence = evidenceOf(halves);
    const sure = findChords(evidence, gridOf(32));
    // A minor is nearly as likely as C.
    for (let t = 0; t < 16 * 11; t++)
      evidence.chords[t * 100 + 1 + 12 + 9] = evidence.chords[t * 100 + 1] + 2;
    evidence.note.fill(0);
    const [torn] = findChords(evidence, gridOf(32));
    expect(sure[0].confidence).toBeGreaterThan(0.95);
    expect(torn.confidence).toBeLessThan(0.9);
    expect(torn.alternatives?.[0]).toMatchObject({ root: 9, quality: 'min' });
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
    for (let i = 0; i < evidence.chords.length; i++) evidence.chords[i] = random() % 256;
    for (let i = 0; i < evidence.note.length; i++) evidence.note[i] = random() % 256;
    const chords = findChords(evidence, gridOf(256));
    let at = 0;
    for (const chord of chords) {
      chordSchema.parse(chord);
      expect(chord.start).toBe(at);
      at += chord.duration;
    }
    expect(at).toBe(128 * 48);
    expect(findChords(evidence, gridOf(256))).toEqual(chords);
  });

  it('holds one chord as long as it lasts', () => {
    expect(recognise(repeat(C, 200))).toEqual(['0maj*100']);
  });
});
