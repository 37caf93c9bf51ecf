import { child, childNumber, childrenOf, childText, parseMusicXml, type XmlNode } from './musicxml-tree.ts';

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
  fifths: number;
  divisions: number;
  /** Notes, rests and gaps (`forward` with a voice). */
  items: ReadItem[];
  /** Places of chord symbols from the start of the measure. */
  harmonies: number[];
  rightBarline: string | null;
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
  pitch: ReadPitch | null;
  /** Length that type, dots and time modification spell; null where they are not given. */
  written: number | null;
  accidental: string | null;
  tieStart: boolean;
  tieStop: boolean;
  tiedStart: boolean;
  tiedStop: boolean;
  /** State of beam 1, 2, … */
  beams: (string | undefined)[];
  tuplets: string[];
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
  return childrenOf(parseMusicXml(xml), 'part').map((part) => {
    const measures: ReadMeasure[] = [];
    for (const node of childrenOf(part, 'measure')) measures.push(readMeasure(node, measures.at(-1)));
    return { id: part.attributes.id ?? '', measures };
  });
}

function readMeasure(node: XmlNode, before: ReadMeasure | undefined): ReadMeasure {
  const measure: ReadMeasure = {
    number: node.attributes.number ?? '',
    implicit: node.attributes.implicit === 'yes',
    start: before ? before.start + before.length : 0,
    length: 0,
    cursor: 0,
    nominal: before?.nominal ?? null,
    fifths: before?.fifths ?? 0,
    divisions: before?.divisions ?? 1,
    items: [],
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
      measure.cursor += duration;
      break;
    }
    case 'note': {
      const item = readItem(element, measure, duration);
      measure.items.push(item);
      if (!item.inChord) measure.cursor += duration;
      break;
    }
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

function readAttributes(element: XmlNode, measure: ReadMeasure): void {
  measure.divisions = childNumber(element, 'divisions') ?? measure.divisions;
  const key = child(element, 'key');
  if (key) measure.fifths = childNumber(key, 'fifths') ?? 0;
  const time = child(element, 'time');
  if (!time) return;
  measure.nominal = ((childNumber(time, 'beats') ?? 4) * 4) / (childNumber(time, 'beat-type') ?? 4);
}

function readItem(note: XmlNode, measure: ReadMeasure, duration: number): ReadItem {
  const inChord = child(note, 'chord') !== undefined;
  const ties = childrenOf(note, 'tie').map((tie) => tie.attributes.type);
  const notations = child(note, 'notations');
  const tied = notations ? childrenOf(notations, 'tied').map((each) => each.attributes.type) : [];
  const beams: (string | undefined)[] = [];
  for (const beam of childrenOf(note, 'beam')) {
    beams[Number(beam.attributes.number ?? 1) - 1] = beam.text.trim();
  }
  return {
    kind: child(note, 'rest') ? 'rest' : 'note',
    // A chord's further notes stand where its first does, which has already moved the cursor.
    at: inChord ? measure.cursor - duration : measure.cursor,
    duration,
    voice: childText(note, 'voice') ?? '1',
    staff: childNumber(note, 'staff') ?? 1,
    inChord,
    pitch: readPitch(note),
    written: readWritten(note),
    accidental: childText(note, 'accidental') ?? null,
    tieStart: ties.includes('start'),
    tieStop: ties.includes('stop'),
    tiedStart: tied.includes('start'),
    tiedStop: tied.includes('stop'),
    beams,
    tuplets: notations ? childrenOf(notations, 'tuplet').map((each) => each.attributes.type ?? '') : [],
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
