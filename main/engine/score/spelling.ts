import type { Chord, ChordQuality } from '../../contract/analysis.ts';
import type { PitchName } from './score.ts';

// Pitches are named by their place on the line of fifths: F = -1, C = 0, G = 1, …, B flat = -2, F sharp = 6.

const steps = ['F', 'C', 'G', 'D', 'A', 'E', 'B'] as const;

/** The name at a place of the line of fifths. */
export function nameAt(fifth: number): PitchName {
  const letter = (((fifth + 1) % 7) + 7) % 7;
  return { step: steps[letter]!, alter: Math.floor((fifth + 1) / 7) };
}

/** Twelve neighbours on the line of fifths, from `lowest`, name every pitch class once. */
function fifthInWindow(pitchClass: number, lowest: number): number {
  const fifth = pitchClass * 7;
  return lowest + ((((fifth - lowest) % 12) + 12) % 12);
}

/** Nobody wants to read a double accidental that has a plain name. */
function withoutDoubles(fifth: number): number {
  if (fifth < -8) return fifth + 12;
  return fifth > 12 ? fifth - 12 : fifth;
}

/**
 * Lowest chromatic name relative to the signature's place on the line of fifths. Melodies in major take the flat
 * third, sixth and seventh and the sharp first and fourth; minor takes the sharp sixth and seventh of its own scale.
 */
const lowestNote = { major: -4, minor: -3 };
/** Chords rather stand on the flat second than on the sharp first. */
const lowestRoot = { major: -5, minor: -3 };
const leadingQualities = new Set<ChordQuality>(['dim', 'dim7', 'hdim7']);

export interface KeyContext {
  /** Of the key signature that the key would have. */
  fifths: number;
  mode: 'major' | 'minor';
}

/** Place on the line of fifths of a chord's root in a key; diminished chords stand on leading notes. */
export function rootFifth(root: number, quality: ChordQuality, key: KeyContext): number {
  const lowest = leadingQualities.has(quality) ? -3 : lowestRoot[key.mode];
  return withoutDoubles(fifthInWindow(root, key.fifths + lowest));
}

/** Chord tones above the root: semitones → steps on the line of fifths. */
const chordTones: Record<ChordQuality, Record<number, number>> = {
  maj: { 4: 4, 7: 1 },
  min: { 3: -3, 7: 1 },
  '7': { 4: 4, 7: 1, 10: -2 },
  maj7: { 4: 4, 7: 1, 11: 5 },
  min7: { 3: -3, 7: 1, 10: -2 },
  sus2: { 2: 2, 7: 1 },
  sus4: { 5: -1, 7: 1 },
  dim: { 3: -3, 6: -6 },
  aug: { 4: 4, 8: 8 },
  maj6: { 4: 4, 7: 1, 9: 3 },
  min6: { 3: -3, 7: 1, 9: 3 },
  '9': { 2: 2, 4: 4, 7: 1, 10: -2 },
  add9: { 2: 2, 4: 4, 7: 1 },
  dim7: { 3: -3, 6: -6, 9: -9 },
  hdim7: { 3: -3, 6: -6, 10: -2 },
  minmaj7: { 3: -3, 7: 1, 11: 5 },
};

/** Place on the line of fifths of a tone of a chord; null where the pitch class is none. */
export function chordToneFifth(
  pitchClass: number,
  key: KeyContext,
  chord: Pick<Chord, 'root' | 'quality'>,
): number | null {
  if (chord.root === null || chord.quality === null) return null;
  const root = rootFifth(chord.root, chord.quality, key);
  const interval = (pitchClass - chord.root + 12) % 12;
  const toneFifths = interval === 0 ? 0 : chordTones[chord.quality][interval];
  return toneFifths === undefined ? null : withoutDoubles(root + toneFifths);
}

/** Place on the line of fifths of a pitch class: as a tone of the chord that sounds, else from the key. */
export function spellPitchClass(
  pitchClass: number,
  key: KeyContext,
  chord: Pick<Chord, 'root' | 'quality'> | null,
): number {
  const tone = chord && chordToneFifth(pitchClass, key, chord);
  return tone ?? withoutDoubles(fifthInWindow(pitchClass, key.fifths + lowestNote[key.mode]));
}

/** Octave of a MIDI note under a name: B sharp and C flat belong to the octave of their letter. */
export function octaveOf(pitch: number, name: PitchName): number {
  return Math.floor((pitch - name.alter) / 12) - 1;
}
