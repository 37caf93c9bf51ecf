import { child, childNumber, childrenOf, childText, parseMusicXml, type XmlNode } from './musicxml-tree.ts';
import type { TimeSignature } from './score.ts';

/** What a document says, measure by measure, before anything is concluded from it. Times in quarters. */
export interface ReadPart {
  id: string;
  measures: ReadMeasure[];
}

export interface ReadMeasure {
  number: string;
  implicit: boolean;
  /** From the start of the part, by the lengths that the measures' contents reach. */
  start: number;
  /** The furthest place that any content reaches. */
  length: number;
  /** Where the cursor stands after the last element. */
  cursor: number;
  /** By the time signature that holds; null before the first. */
  nominal: number | null;
  /** The time signature that holds; null before the first. */
  time: TimeSignature | null;
  fifths: number;
  mode: string | null;
  divisions: number;
  /** Notes, rests and gaps (`forward` with a voice). */
  items: ReadItem[];
  /** Stretches that a `forward` without a voice steps over, from place to place. */
  skips: { from: number; to: number }[];
  /** Beginnings and ends of lines that hang on the measure, in the order of the document. */
  lines: ReadLine[];
  /** Places of chord symbols from the start of the measure. */
  harmonies: number[];
  rightBarline: string | null;
}

/** Where a line begins, goes on or ends. */
export interface ReadLine {
  kind: 'pedal' | 'octave-shift' | 'wedge' | 'slur' | 'tuplet';
  /** As in the document: `start`, `stop`, `crescendo`, … */
  type: string;
  number: string;
  at: number;
  staff: number | null;
}

export interface ReadItem {
  kind: 'note' | 'rest' | 'gap';
  /** From the start of the measure. */
  at: number;
  duration: number;
  voice: string;
  staff: number;
  /** Not the first note of its chord. */
  inChord: boolean;
  /** Not hidden by `print-object`. */
  printed: boolean;
  /** A small note for another player. */
  cue: boolean;
  /** An ornament without a time of its own. */
  grace: boolean;
  /** Rolled: the chord need not be within the hand's reach. */
  rolled: boolean;
  pitch: ReadPitch | null;
  /** Length that type, dots and time modification spell; null where they are not given. */
  written: number | null;
  /** Note value as named in the document, such as `eighth`. */
  type: string | null;
  dots: number;
  accidental: string | null;
  tieStart: boolean;
  tieStop: boolean;
  tiedStart: boolean;
  tiedStop: boolean;
  /** State of beam 1, 2, … */
  beams: (string | undefined)[];
  tuplets: ReadLine[];
  slurs: ReadLine[];
}

export interface ReadPitch {
  step: string;
  alter: number;
  octave: number;
  /** MIDI note number. */
  midi: number;
}

/**
 * @throws SongleafError `score-invalid` where the text is no partwise MusicXML
 */
export function readParts(xml: string): ReadPart[] {
  return toParts(parseMusicXml(xml));
}

function toParts(root: XmlNode): ReadPart[] {
  return childrenOf(root, 'part').map((part) => {
    const measures: ReadMeasure[] = [];
    for (const node of childrenOf(part, 'measure')) measures.push(readMeasure(node, measures.at(-1)));
    return { id: part.attributes.id ?? '', measures };
  });
}

export interface ReadDocument {
  /** Empty where there is none. */
  title: string;
  composer: string;
  /** Quarters per minute of the first mark that sounds; null where there is none. */
  tempo: number | null;
  parts: ReadPart[];
}

/**
 * A document with what stands at its head.
 *
 * @throws SongleafError `score-invalid` where the text is no partwise MusicXML
 */
export function readDocument(xml: string): ReadDocument {
  const root = parseMusicXml(xml);
  const work = child(root, 'work');
  const creators = childrenOf(child(root, 'identification') ?? root, 'creator');
  const composer = creators.find((creator) => creator.attributes.type === 'composer');
  const title = (work && childText(work, 'work-title')) || childText(root, 'movement-title') || '';
  return {
    title: plainText(title),
    composer: plainText(composer?.text ?? ''),
    tempo: readTempo(root),
    parts: toParts(root),
  };
}

function readTempo(root: XmlNode): number | null {
  for (const part of childrenOf(root, 'part')) {
    for (const measure of part.children) {
      for (const element of measure.children) {
        const sound = element.name === 'sound' ? element : child(element, 'sound');
        const tempo = Number(sound?.attributes.tempo);
        if (tempo >= 10 && tempo <= 1000) return tempo;
      }
    }
  }
  return null;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The parser leaves entities alone; of those in a text only XML's own five and characters by number mean anything. */
function plainText(text: string): string {
  return text
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos));/gi, (all, decimal, hex, name) => {
      if (name) return entities[String(name).toLowerCase()] ?? all;
      const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '';
    })
    .trim()
    .slice(0, 1000);
}

function readMeasure(node: XmlNode, before: ReadMeasure | undefined): ReadMeasure {
  const measure: ReadMeasure = {
    number: node.attributes.number ?? '',
    implicit: node.attributes.implicit === 'yes',
    start: before ? before.start + before.length : 0,
    length: 0,
    cursor: 0,
    nominal: before?.nominal ?? null,
    time: before?.time ?? null,
    fifths: before?.fifths ?? 0,
    mode: before?.mode ?? null,
    divisions: before?.divisions ?? 1,
    items: [],
    skips: [],
    lines: [],
    harmonies: [],
    rightBarline: null,
  };
  for (const element of node.children) {
    readElement(element, measure);
    measure.length = Math.max(measure.length, measure.cursor);
  }
  return measure;
}

function readElement(element: XmlNode, measure: ReadMeasure): void {
  const duration = (childNumber(element, 'duration') ?? 0) / measure.divisions;
  switch (element.name) {
    case 'attributes':
      readAttributes(element, measure);
      break;
    case 'backup':
      measure.cursor -= duration;
      break;
    case 'forward': {
      const item = readItem(element, measure, duration);
      if (child(element, 'voice')) measure.items.push({ ...item, kind: 'gap' });
      else measure.skips.push({ from: measure.cursor, to: measure.cursor + duration });
      measure.cursor += duration;
      break;
    }
    case 'note': {
      const item = readItem(element, measure, duration);
      measure.items.push(item);
      if (!item.inChord) measure.cursor += duration;
      break;
    }
    case 'direction':
      readDirection(element, measure);
      break;
    case 'harmony':
      measure.harmonies.push(measure.cursor + (childNumber(element, 'offset') ?? 0) / measure.divisions);
      break;
    case 'barline':
      if (element.attributes.location !== 'left') {
        measure.rightBarline = childText(element, 'bar-style') ?? null;
      }
      break;
    default:
  }
}

const lineKinds = ['pedal', 'octave-shift', 'wedge'] as const;

function readDirection(element: XmlNode, measure: ReadMeasure): void {
  const at = measure.cursor + (childNumber(element, 'offset') ?? 0) / measure.divisions;
  const staff = childNumber(element, 'staff') ?? null;
  for (const direction of childrenOf(element, 'direction-type')) {
    for (const kind of lineKinds) {
      for (const { attributes } of childrenOf(direction, kind)) {
        measure.lines.push({
          kind,
          type: attributes.type ?? '',
          number: attributes.number ?? '1',
          at,
          staff,
        });
      }
    }
  }
}

function readAttributes(element: XmlNode, measure: ReadMeasure): void {
  measure.divisions = childNumber(element, 'divisions') ?? measure.divisions;
  const key = child(element, 'key');
  if (key) {
    measure.fifths = childNumber(key, 'fifths') ?? 0;
    measure.mode = childText(key, 'mode') ?? null;
  }
  const time = child(element, 'time');
  if (!time) return;
  const parts = (childText(time, 'beats') ?? '4').split('+').map(Number);
  const beats = parts.reduce((sum, part) => sum + part, 0);
  const beatType = childNumber(time, 'beat-type') ?? 4;
  measure.time = { beats, beatType, ...(parts.length > 1 ? { groups: parts } : {}) };
  measure.nominal = (beats * 4) / beatType;
}

/** Grandchildren: notes may have several `notations`. */
function childrenOfAll(node: XmlNode, middle: string, name: string): XmlNode[] {
  return childrenOf(node, middle).flatMap((each) => childrenOf(each, name));
}

function readItem(note: XmlNode, measure: ReadMeasure, duration: number): ReadItem {
  const inChord = child(note, 'chord') !== undefined;
  const ties = childrenOf(note, 'tie').map((tie) => tie.attributes.type);
  const tied = childrenOfAll(note, 'notations', 'tied').map((each) => each.attributes.type);
  const beams: (string | undefined)[] = [];
  for (const beam of childrenOf(note, 'beam')) {
    beams[Number(beam.attributes.number ?? 1) - 1] = beam.text.trim();
  }
  // A chord's further notes stand where its first does, which has already moved the cursor.
  const at = inChord ? measure.cursor - duration : measure.cursor;
  const staff = childNumber(note, 'staff') ?? 1;
  const linesOf = (kind: 'slur' | 'tuplet') =>
    childrenOfAll(note, 'notations', kind).map(
      ({ attributes }): ReadLine => ({
        kind,
        type: attributes.type ?? '',
        number: attributes.number ?? '1',
        at,
        staff,
      }),
    );
  return {
    kind: child(note, 'rest') ? 'rest' : 'note',
    at,
    duration,
    voice: childText(note, 'voice') ?? '1',
    staff,
    inChord,
    printed: note.attributes['print-object'] !== 'no',
    cue: child(note, 'cue') !== undefined,
    grace: child(note, 'grace') !== undefined,
    rolled: childrenOfAll(note, 'notations', 'arpeggiate').length > 0,
    pitch: readPitch(note),
    written: readWritten(note),
    type: childText(note, 'type') ?? null,
    dots: childrenOf(note, 'dot').length,
    accidental: childText(note, 'accidental') ?? null,
    tieStart: ties.includes('start'),
    tieStop: ties.includes('stop'),
    tiedStart: tied.includes('start'),
    tiedStop: tied.includes('stop'),
    beams,
    tuplets: linesOf('tuplet'),
    slurs: linesOf('slur'),
  };
}

const semitones: Record<string, number> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

function readPitch(note: XmlNode): ReadPitch | null {
  const pitch = child(note, 'pitch');
  if (!pitch) return null;
  const step = childText(pitch, 'step') ?? '';
  const alter = childNumber(pitch, 'alter') ?? 0;
  const octave = childNumber(pitch, 'octave') ?? Number.NaN;
  return { step, alter, octave, midi: (octave + 1) * 12 + (semitones[step] ?? Number.NaN) + alter };
}

const quarters: Record<string, number> = {
  breve: 8,
  whole: 4,
  half: 2,
  quarter: 1,
  eighth: 1 / 2,
  '16th': 1 / 4,
  '32nd': 1 / 8,
  '64th': 1 / 16,
};

function readWritten(note: XmlNode): number | null {
  const type = childText(note, 'type');
  if (type === undefined) return null;
  const length = (quarters[type] ?? Number.NaN) * (2 - 1 / 2 ** childrenOf(note, 'dot').length);
  const modification = child(note, 'time-modification');
  if (!modification) return length;
  const normal = childNumber(modification, 'normal-notes') ?? 1;
  return (length * normal) / (childNumber(modification, 'actual-notes') ?? 1);
}
