import type { Key } from '../../../contract/analysis.ts';
import { SongleafError } from '../../../contract/errors.ts';
import { type ReadItem, type ReadMeasure, type ReadPart, readDocument } from '../musicxml-content.ts';
import { type GridMusic, type GridNote, tidyNotes } from './grid-music.ts';
import { type BarLayout, layBars, quartersOfBeat } from './lay-bars.ts';
import { toKey } from './to-key.ts';

/** MusicXML has no loudness of a note as a rule: mezzo-forte. */
const PLAIN_VELOCITY = 80;
const PLAIN_BPM = 100;

/**
 * The part that two hands play: the first with two staves or more. Where there is none, the last two parts are the hands,
 * and come as one: a singer stands over them.
 */
export function pianoPart(parts: readonly ReadPart[]): ReadPart {
  const staves = parts.find(({ measures }) =>
    measures.some(({ items }) => items.some((item) => item.staff > 1)),
  );
  const [upper, lower] = parts.slice(-2);
  const part = staves ?? (lower ? joinParts(upper!, lower) : upper);
  if (part && part.measures.length > 0) return part;
  throw new SongleafError('score-invalid', 'The score has no measures.', 'Choose a score with a piano part.');
}

function joinParts(upper: ReadPart, lower: ReadPart): ReadPart {
  const measures = upper.measures.map((measure, at): ReadMeasure => {
    const other = lower.measures[at];
    return other
      ? { ...measure, items: [...measure.items, ...other.items.map((item) => ({ ...item, staff: 2 }))] }
      : measure;
  });
  return { id: upper.id, measures };
}

/** A note of a document with all that is tied to it; ticks. */
export interface JoinedNote {
  start: number;
  end: number;
  /** The first symbol, and that of the chord that carries its beams. */
  item: ReadItem;
  chord: ReadItem;
}

/** Notes of one part on the beat grid: ties joined, grace notes and cues left out. */
export function joinTies(part: ReadPart, { toTick }: BarLayout): JoinedNote[] {
  const notes: JoinedNote[] = [];
  const open = new Map<string, JoinedNote>();
  part.measures.forEach((measure, index) => {
    for (const { item, chord } of listNotes(measure)) {
      const start = toTick(index, item.at);
      const end = toTick(index, item.at + item.duration);
      const key = (tick: number) => `${item.pitch!.midi} ${tick}`;
      let note = item.tieStop ? open.get(key(start)) : undefined;
      if (note) {
        open.delete(key(start));
        note.end = end;
      } else {
        note = { start, end, item, chord };
        notes.push(note);
      }
      if (item.tieStart) open.set(key(end), note);
    }
  });
  return notes;
}

/** Notes that sound, in the order of time, each with the first note of its chord: chords are told by the document's order. */
function listNotes({ items }: ReadMeasure): { item: ReadItem; chord: ReadItem }[] {
  let chord: ReadItem | null = null;
  const notes = items.flatMap((item) => {
    if (item.kind !== 'note' || !item.pitch || item.cue || item.duration <= 0) return [];
    if (!chord || !item.inChord) chord = item;
    return [{ item, chord }];
  });
  return notes.sort((a, b) => a.item.at - b.item.at);
}

/** Notes of one part on the beat grid, with nothing of how they were written. */
export function partNotes(part: ReadPart, layout: BarLayout): GridNote[] {
  const notes = joinTies(part, layout).map(({ start, end, item }) => ({
    start,
    duration: Math.max(1, end - start),
    pitch: item.pitch!.midi,
    velocity: PLAIN_VELOCITY,
  }));
  return tidyNotes(notes);
}

/**
 * Reads the piano part of a partwise MusicXML document as notes on the beat grid.
 *
 * @param keepKeys whether to believe the document's key signatures
 * @throws SongleafError `score-invalid` where the text is no partwise MusicXML or its metre has no place on the grid
 */
export function readMusicXmlGrid(xml: string, keepKeys = false): GridMusic {
  const { title, composer, tempo, parts } = readDocument(xml);
  const part = pianoPart(parts);
  const layout = layBars(part.measures);
  const unit = layout.bars[0]!.unit;
  return {
    title,
    composer,
    bpm: Math.min(400, Math.max(10, (tempo ?? PLAIN_BPM) / quartersOfBeat(unit))),
    bars: layout.bars,
    keys: keepKeys ? partKeys(part, layout) : [],
    notes: partNotes(part, layout),
  };
}

function partKeys({ measures }: ReadPart, { toTick }: BarLayout): Key[] {
  const changes = measures.flatMap(({ fifths, mode }, index) => {
    const before = measures[index - 1];
    return before && before.fifths === fifths && before.mode === mode ? [] : [{ index, fifths, mode }];
  });
  return changes.map(({ index, fifths, mode }) => toKey(toTick(index, 0), fifths, mode === 'minor'));
}
