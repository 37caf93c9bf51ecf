/**
 * A written score: what stands on the page, in the order of the page. All lengths and positions are in divisions, of
 * which a quarter note has `DIVISIONS` throughout the score.
 */

/** Divides into 32nds (12) and triplet 16ths (16) of a quarter, and thereby into 16ths and 32nds of a 6/8 beat. */
export const DIVISIONS = 96;

export interface Score {
  title: string;
  composer: string;
  parts: Part[];
}

export interface Part {
  id: string;
  name: string;
  abbreviation: string;
  /** General MIDI programme, 1-128. */
  program: number;
  /** 1 or 2; staff 1 is the upper. */
  staves: number;
  /** The reader should leave place for lyrics below it. */
  sung: boolean;
  measures: Measure[];
}

export interface Measure {
  number: string;
  /** Shorter than its time signature, and not counted: a pickup. */
  implicit: boolean;
  length: number;
  /** Set where it changes, and in the first measure. */
  key: KeySignature | null;
  time: TimeSignature | null;
  tempo: Tempo | null;
  /** How eighths are played from here on; null: as before. */
  swing: 'swing' | 'straight' | null;
  rehearsal: string | null;
  harmonies: Harmony[];
  /** Clefs that change at its beginning. The first measure has none: its clefs are those of a piano. */
  clefs: ClefChange[];
  /** In the order of their places. */
  directions: Direction[];
  /** In the order of their numbers. */
  voices: Voice[];
  rightBarline: 'single' | 'double' | 'final';
  /** Repeat signs at its left and right bar line. */
  repeatStart: boolean;
  repeatEnd: boolean;
  ending: Ending | null;
  /** A new system should begin with it. */
  systemStart: boolean;
}

export type Clef = 'treble' | 'bass';

export interface ClefChange {
  staff: number;
  clef: Clef;
}

/** A bracket over one way to end a passage; it may go on over several measures. */
export interface Ending {
  number: 1 | 2;
  /** Whether the bracket begins or ends with this measure. */
  start: boolean;
  stop: boolean;
}

export const dynamics = ['pp', 'p', 'mp', 'mf', 'f', 'ff'] as const;
export type Dynamic = (typeof dynamics)[number];

/** Something beside the notes of a staff. */
export interface Direction {
  /** From the start of the measure; may be its end. */
  at: number;
  staff: number;
  mark:
    | { kind: 'dynamic'; value: Dynamic }
    | { kind: 'pedal'; action: 'start' | 'change' | 'stop' }
    /** Notes between start and stop are printed an octave lower (`above`) or higher (`below`) than they sound. */
    | { kind: 'octave'; action: 'start' | 'stop'; side: 'above' | 'below' };
}

export interface KeySignature {
  /** Sharps (positive) or flats (negative). */
  fifths: number;
  mode: 'major' | 'minor';
}

export interface TimeSignature {
  beats: number;
  beatType: number;
  /** The beats as a sum, where that is to be printed. */
  groups?: readonly number[] | undefined;
}

export interface Tempo {
  /** In words; empty where only the beat unit changes. */
  word: string;
  beatUnit: 'eighth' | 'quarter' | 'dotted-quarter' | 'half';
  /** Of the beat unit. */
  perMinute: number;
}

/** A pitch name on the line of fifths: step and alteration in semitones. */
export interface PitchName {
  step: 'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G';
  alter: number;
}

export interface Harmony {
  at: number;
  /** Null: no chord. */
  root: PitchName | null;
  /** A `kind-value` of MusicXML. */
  kind: string;
  /** What stands behind the root on the page. */
  text: string;
  /** Null where the root is the bass. */
  bass: PitchName | null;
  /** Tones added to the kind, as steps above the root. */
  added: number[];
}

/** One line of music through a measure. 1 and 2 are on the upper staff, 5 and 6 on the lower. */
export interface Voice {
  number: number;
  staff: number;
  /** Fill the measure without overlap. */
  events: ScoreEvent[];
}

export type ScoreEvent = ChordEvent | RestEvent | GapEvent;

interface Timed {
  at: number;
  duration: number;
}

interface Written extends Timed {
  type: NoteType;
  dots: number;
  tuplet: TupletMember | null;
}

export interface ChordEvent extends Written {
  kind: 'chord';
  /** Lowest first. */
  notes: WrittenNote[];
  stem: 'up' | 'down' | null;
  /** State of beam 1 (eighths), 2 (16ths), … at this chord. */
  beams: BeamState[];
  /** Wider than the hand: rolled. */
  arpeggio: boolean;
  fermata: boolean;
}

export interface RestEvent extends Written {
  kind: 'rest';
  /** The measure's only event: a rest that lasts as long as the measure, whatever that is. */
  wholeMeasure: boolean;
  fermata: boolean;
}

/** A stretch of a second voice in which nothing is printed. */
export interface GapEvent extends Timed {
  kind: 'gap';
}

export type NoteType = 'whole' | 'half' | 'quarter' | 'eighth' | '16th' | '32nd';
export type BeamState = 'begin' | 'continue' | 'end' | 'forward hook' | 'backward hook';
export type Accidental = 'sharp' | 'flat' | 'natural' | 'double-sharp' | 'flat-flat';

/** Three notes in the time of two of type `normalType`. */
export interface TupletMember {
  normalType: NoteType;
  edge: 'start' | 'stop' | null;
  /** Meaningful where `edge` is `start`. */
  bracket: boolean;
}

export interface WrittenNote extends PitchName {
  /** MIDI note number. */
  pitch: number;
  /** Scientific: C4 is middle C. */
  octave: number;
  /** What is printed; null where key signature or bar already say it. */
  accidental: Accidental | null;
  /** The accidental only reminds: signature and bar say it already. */
  courtesy: boolean;
  /** 1 is the thumb. */
  finger: number | null;
  tieStart: boolean;
  tieStop: boolean;
}
