import type { HarmonySpan } from '../harmony.ts';
import { harmonyAt } from '../harmony.ts';
import type { Song } from '../song.ts';
import type { GridNote } from './quantise.ts';

/** A grid note that may go into the arrangement. */
export interface Candidate extends GridNote {
  /** How much speaks for the note: posteriors × harmony, 0 to about 1. */
  salience: number;
}

/** Weight of a pitch by the chord it sounds in. */
const CHORD_BASS = 1.1;
const CHORD_TONE = 1;
const NO_CHORD = 0.8;
const OTHER_TONE = 0.6;
/** A note this near the end of a chord may belong to the next one, ticks: an eighth. */
const ANTICIPATION = 24;
/** Candidates below this are noise. */
const LEAST_SALIENCE = 0.25;
/** Onset peaks are judged against the song's clear ones, the upper fifth of all, which lie between these bounds. */
const CLEAR_SHARE = 0.2;
const CLEAR_LEAST = 0.6;
const CLEAR_MOST = 0.95;
/** A note struck again this soon (a sixteenth), and this much weaker, is the first one's ripple. */
const REPEAT_TICKS = 12;
const REPEAT_RATIO = 0.75;
/** Partials of a note below: octave, twelfth, double octave, and the strength that it takes to hide them. */
const PARTIALS: readonly [number, number][] = [
  [12, 1.5],
  [19, 1.4],
  [24, 1.5],
  [28, 1.8],
  [31, 1.8],
];
/** Below a strong note the network often hears another, an octave, a twelfth or two octaves down. */
const UNDERTONES = [12, 19, 24] as const;
const UNDERTONE_RATIO = 1.2;
/** The singer's pitch slides: onsets this near the melody's pitch while it sounds are the voice itself. */
const VOICE_SEMITONES = 1;
/** The octave above a voice is its own second partial unless it is stronger than this. */
const VOICE_OCTAVE = 0.75;

/** Weighs grid notes by harmony, joins ripples, and leaves out noise, partials and the singer's own notes. */
export function weighCandidates(notes: readonly GridNote[], song: Song): Candidate[] {
  const clear = clearOnset(notes);
  const weighed = notes.map((note) => ({ ...note, salience: salienceOf(note, clear, song) }));
  const clean = dropGhosts(joinRepeats(weighed.filter((note) => note.salience >= LEAST_SALIENCE)));
  return clean.filter((note) => !isVoice(note, song));
}

/** Height of the song's clear onset peaks: lower in a dense mix than for a piano alone. */
function clearOnset(notes: readonly GridNote[]): number {
  const peaks = notes.map((note) => note.onset).sort((a, b) => b - a);
  const clear = peaks[Math.floor(peaks.length * CLEAR_SHARE)] ?? CLEAR_MOST;
  return Math.min(CLEAR_MOST, Math.max(CLEAR_LEAST, clear));
}

function salienceOf(note: GridNote, clear: number, song: Song): number {
  const now = harmonyAt(song.harmony, note.start);
  const soon = harmonyAt(song.harmony, Math.min(note.start + ANTICIPATION, song.grid.end - 1));
  const fit = Math.max(fitOf(note.pitch, now), fitOf(note.pitch, soon));
  const onset = Math.min(1, note.onset / clear) ** 2;
  return onset * (0.5 + 0.5 * note.level) * fit;
}

function fitOf(pitch: number, span: HarmonySpan): number {
  if (!span.heard) return NO_CHORD;
  if (pitch % 12 === span.bass) return CHORD_BASS;
  return span.tones.includes(pitch % 12) ? CHORD_TONE : OTHER_TONE;
}

function joinRepeats(notes: readonly Candidate[]): Candidate[] {
  const last = new Map<number, Candidate>();
  return notes.filter((note) => {
    const before = last.get(note.pitch);
    if (before && note.start - before.start <= REPEAT_TICKS && note.onset < REPEAT_RATIO * before.onset) {
      before.heardEnd = Math.max(before.heardEnd, note.heardEnd);
      return false;
    }
    last.set(note.pitch, note);
    return true;
  });
}

function dropGhosts(notes: readonly Candidate[]): Candidate[] {
  const byPlace = new Map<number, Candidate>();
  for (const note of notes) byPlace.set(note.start * 128 + note.pitch, note);
  const strengthAt = (note: Candidate, interval: number) => {
    const other = byPlace.get(note.start * 128 + note.pitch + interval);
    return other ? other.onset * other.level : 0;
  };
  return notes.filter((note) => {
    const own = note.onset * note.level;
    const isPartial = PARTIALS.some(([interval, ratio]) => strengthAt(note, -interval) >= ratio * own);
    return !isPartial && !UNDERTONES.some((interval) => strengthAt(note, interval) >= UNDERTONE_RATIO * own);
  });
}

function isVoice(note: Candidate, song: Song): boolean {
  const around = song.sung.within(note.start, note.start + 1);
  const next = song.sung.within(note.start, note.start + ANTICIPATION / 2 + 1);
  return [...around, ...next].some((sung) => {
    if (Math.abs(note.pitch - sung.pitch) <= VOICE_SEMITONES) return true;
    return note.pitch - sung.pitch === 12 && note.onset < VOICE_OCTAVE;
  });
}
