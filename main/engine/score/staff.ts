import { printAccidentals } from './accidentals.ts';
import { rollWideChords } from './arpeggios.ts';
import { setBeams } from './beams.ts';
import { findBeatSteps } from './beat-steps.ts';
import { addCourtesies } from './courtesy.ts';
import type { HandNote } from './hands.ts';
import { holdOctaves } from './hold-octaves.ts';
import { type MeasureFrame, measureAt } from './measure-frames.ts';
import { type WrittenSymbol, writeMeasure } from './measure-voice.ts';
import { endMelody } from './melody-line.ts';
import { endPlainly } from './plain-ends.ts';
import { releaseOutOfReach } from './reach.ts';
import type { Durations } from './reading.ts';
import type { ChordEvent, KeySignature, PitchName, ScoreEvent, Voice } from './score.ts';
import { snapNotes } from './snap.ts';
import { octaveOf } from './spelling.ts';
import { type StaffChord, type StaffVoices, separateVoices } from './voices.ts';

export interface StaffPlan {
  /** 1 is the upper staff. */
  staff: number;
  /** Numbers of the first and second voice; no second number, no second voice. */
  voices: [number] | [number, number];
  notes: readonly HandNote[];
  /** What the notes' lengths mean. */
  durations: Durations;
  /** What the hand reaches, in semitones; wider chords are rolled. Null where no hand plays. */
  span: number | null;
}

/** Name of a pitch that sounds at a tick. */
export type Speller = (pitch: number, tick: number) => PitchName;

/** Decides a staff's voices and where their chords end. */
export function voiceStaff(plan: StaffPlan, frames: readonly MeasureFrame[]): StaffVoices {
  const snapped = snapNotes(plan.notes, frames);
  const { span } = plan;
  const line = plan.durations === 'arranged' ? endMelody(snapped) : snapped;
  const notes = plan.durations === 'arranged' && span !== null ? holdOctaves(line, span) : line;
  const ended = separateVoices(
    notes,
    frames,
    plan.voices.length === 2,
    findBeatSteps(notes, frames),
    plan.durations,
  );
  const [upper, lower] = ended;
  const plain: StaffVoices =
    plan.durations === 'arranged' ? [endPlainly(upper, frames), endPlainly(lower, frames)] : ended;
  return span === null ? plain : releaseOutOfReach(plain, notes, span);
}

/** Writes one staff: for every measure its voices, the second only where it has notes. */
export function writeStaff(
  plan: StaffPlan,
  staffVoices: StaffVoices,
  frames: readonly MeasureFrame[],
  keys: readonly KeySignature[],
  spell: Speller,
): Voice[][] {
  const lines = staffVoices.map((line) => chordsByMeasure(line, frames));
  const measures = frames.map((frame, measure) => {
    const hasSecond = lines[1]!.has(measure);
    const voices = plan.voices.flatMap((number, order): Voice[] => {
      const chords = lines[order]!.get(measure) ?? [];
      if (order === 1 && chords.length === 0) return [];
      const stem = hasSecond ? (order === 0 ? 'up' : 'down') : null;
      return [{ number, staff: plan.staff, events: writeEvents(chords, frame, order === 0, stem, spell) }];
    });
    printAccidentals(voices, keys[measure]!);
    if (plan.span !== null) rollWideChords(voices, plan.span);
    return voices;
  });
  addCourtesies(measures, keys);
  return measures;
}

function chordsByMeasure(
  chords: readonly StaffChord[],
  frames: readonly MeasureFrame[],
): Map<number, StaffChord[]> {
  const measures = new Map<number, StaffChord[]>();
  for (const chord of chords) {
    for (let at = measureAt(frames, chord.start); at < frames.length && frames[at]!.start < chord.end; at++) {
      const list = measures.get(at);
      if (list) list.push(chord);
      else measures.set(at, [chord]);
    }
  }
  return measures;
}

function writeEvents(
  chords: readonly StaffChord[],
  frame: MeasureFrame,
  isFirst: boolean,
  stem: ChordEvent['stem'],
  spell: Speller,
): ScoreEvent[] {
  if (chords.length === 0) return [wholeMeasureRest(frame)];
  const events = writeMeasure(chords, frame, isFirst).map((symbol) => toEvent(symbol, stem, spell));
  setBeams(events, frame.metre, frame.lead);
  return events;
}

function wholeMeasureRest(frame: MeasureFrame): ScoreEvent {
  return {
    kind: 'rest',
    at: 0,
    duration: frame.length,
    type: 'whole',
    dots: 0,
    tuplet: null,
    wholeMeasure: true,
    fermata: false,
  };
}

function toEvent(symbol: WrittenSymbol, stem: ChordEvent['stem'], spell: Speller): ScoreEvent {
  const { at, duration, chord, value, tuplet, tieStart, tieStop } = symbol;
  if (!value) return { kind: 'gap', at, duration };
  if (!chord) return { kind: 'rest', at, duration, ...value, tuplet, wholeMeasure: false, fermata: false };
  const notes = chord.pitches.map((pitch) => {
    const name = spell(pitch, chord.start);
    const octave = octaveOf(pitch, name);
    return { ...name, pitch, octave, accidental: null, courtesy: false, finger: null, tieStart, tieStop };
  });
  const marks = { arpeggio: false, fermata: false };
  return { kind: 'chord', at, duration, ...value, tuplet, notes, stem, beams: [], ...marks };
}
