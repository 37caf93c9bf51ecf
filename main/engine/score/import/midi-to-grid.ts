import { type MidiData, type MidiEvent, parseMidi } from 'midi-file';
import type { Key } from '../../../contract/analysis.ts';
import { SongleafError } from '../../../contract/errors.ts';
import { countUpTo } from '../count-up-to.ts';
import { findMetre } from './find-metre.ts';
import { type GridMusic, type GridNote, tidyNotes } from './grid-music.ts';
import { layBars, quartersOfBeat } from './lay-bars.ts';
import { toKey } from './to-key.ts';

/** Standard MIDI Files 1.0: 120 quarters a minute where nothing is said. */
const PLAIN_TEMPO = 500_000;
/** Channel 10 of General MIDI is for drums. */
const DRUMS = 9;
/** More quarters than any file for two hands has; a hostile one could claim hours of silence. */
const LONGEST = 100_000;
/** More measures than that many quarters have in any metre that is written. */
const MOST_MEASURES = 100_000;
/** The shortest note that a metre may count. */
const SHORTEST_BEAT = 64;

interface Change<T> {
  quarter: number;
  value: T;
}

interface TimeValue {
  beats: number;
  beatType: number;
}

/** Notes and signs of a file; times in quarters. */
interface Performance {
  notes: { start: number; end: number; pitch: number; velocity: number }[];
  times: Change<TimeValue>[];
  keys: Change<{ fifths: number; isMinor: boolean }>[];
  tempo: number;
  title: string;
}

/**
 * Reads a Standard MIDI File whose notes lie on its beats, all tracks and channels but the drums together. Bars follow
 * the file's time signatures; where it has none, metre and pickup are found from the notes.
 *
 * @param keepKeys whether to believe the file's key signatures
 * @throws SongleafError `score-invalid` where the file is broken, counts in seconds, has no notes, or a metre has no place on the grid
 */
export function readMidiGrid(bytes: Uint8Array, keepKeys = false): GridMusic {
  const { notes, times, keys, tempo, title } = collect(parse(bytes));
  if (notes.length === 0) throw invalid('The MIDI file holds no notes.');
  const end =
    Math.max(...[...chunks(notes)].map((chunk) => Math.max(...chunk.map((note) => note.start)))) + 1e-6;
  if (!(end < LONGEST)) throw invalid('The MIDI file is too long.');
  const measures = times.length === 0 ? findMeasures(notes, end) : measureOut(...splitPickup(times), end);
  const layout = layBars(measures);
  const starts: { start: number }[] = [];
  let at = 0;
  for (const { length } of measures) {
    starts.push({ start: at });
    at += length;
  }
  const toTick = (quarter: number) => {
    const index = Math.max(0, countUpTo(starts, quarter + 1e-6) - 1);
    return layout.toTick(index, quarter - starts[index]!.start);
  };
  const grid = notes.map(({ start, end: stop, pitch, velocity }): GridNote => {
    const tick = toTick(start);
    return { start: tick, duration: Math.max(1, toTick(stop) - tick), pitch, velocity };
  });
  const unit = layout.bars[0]!.unit;
  return {
    title,
    composer: '',
    bpm: Math.min(400, Math.max(10, 60e6 / tempo / quartersOfBeat(unit))),
    bars: layout.bars,
    keys: keepKeys
      ? keys.map(({ quarter, value }): Key => toKey(toTick(quarter), value.fifths, value.isMinor))
      : [],
    notes: tidyNotes(grid),
  };
}

function* chunks<T>(items: readonly T[]): Generator<T[]> {
  for (let at = 0; at < items.length; at += 10_000) yield items.slice(at, at + 10_000);
}

function parse(bytes: Uint8Array): MidiData {
  try {
    return parseMidi(bytes);
  } catch (cause) {
    throw new SongleafError('score-invalid', 'The MIDI file is broken.', 'Export it again.', { cause });
  }
}

function invalid(message: string): SongleafError {
  return new SongleafError('score-invalid', message, 'Choose a MIDI file of piano music on a beat grid.');
}

function collect({ header, tracks }: MidiData): Performance {
  const perQuarter = header.ticksPerBeat;
  if (!perQuarter) throw invalid('The MIDI file counts in seconds, not in beats.');
  const performance: Performance = { notes: [], times: [], keys: [], tempo: PLAIN_TEMPO, title: '' };
  let hasTempo = false;
  for (const [index, track] of tracks.entries()) {
    let tick = 0;
    const sounding = new Map<number, { start: number; velocity: number }>();
    for (const event of track) {
      tick += event.deltaTime;
      const quarter = tick / perQuarter;
      if (event.type === 'setTempo' && !hasTempo && event.microsecondsPerBeat > 0) {
        performance.tempo = event.microsecondsPerBeat;
        hasTempo = true;
      } else if (event.type === 'trackName' && index === 0) {
        performance.title = Buffer.from(event.text, 'latin1').toString('utf8').slice(0, 1000);
      } else {
        readSign(event, quarter, performance);
        readNote(event, quarter, sounding, performance);
      }
    }
  }
  performance.notes.sort((a, b) => a.start - b.start || a.pitch - b.pitch);
  performance.times.sort((a, b) => a.quarter - b.quarter);
  performance.keys.sort((a, b) => a.quarter - b.quarter);
  return performance;
}

function readSign(event: MidiEvent, quarter: number, { times, keys }: Performance): void {
  if (event.type === 'timeSignature' && event.numerator > 0 && isBeatType(event.denominator)) {
    times.push({ quarter, value: { beats: event.numerator, beatType: event.denominator } });
  } else if (event.type === 'keySignature' && Math.abs(event.key) <= 7) {
    keys.push({ quarter, value: { fifths: event.key, isMinor: event.scale === 1 } });
  }
}

/** Files give it as a power of two of 8 bits, of which few are notes. */
function isBeatType(value: number): boolean {
  return value > 0 && value <= SHORTEST_BEAT;
}

function readNote(
  event: MidiEvent,
  quarter: number,
  sounding: Map<number, { start: number; velocity: number }>,
  { notes }: Performance,
): void {
  if ((event.type !== 'noteOn' && event.type !== 'noteOff') || event.channel === DRUMS) return;
  const key = event.channel * 128 + event.noteNumber;
  const note = sounding.get(key);
  if (note) {
    notes.push({ ...note, end: quarter, pitch: event.noteNumber });
    sounding.delete(key);
  }
  if (event.type === 'noteOn' && event.velocity > 0)
    sounding.set(key, { start: quarter, velocity: event.velocity });
}

function findMeasures(notes: Performance['notes'], end: number): FileMeasure[] {
  const { time, pickup } = findMetre(notes);
  return measureOut([{ quarter: 0, value: time }], pickup, end);
}

/** A first bar of its own, shorter metre is a pickup of the next. Its length in quarters, 0 where there is none. */
function splitPickup(times: readonly Change<TimeValue>[]): [readonly Change<TimeValue>[], number] {
  const [first, next] = times;
  if (!first || !next) return [times, 0];
  const length = quartersOf(first.value);
  if (next.quarter - first.quarter !== length || quartersOf(next.value) <= length) return [times, 0];
  return [[{ ...next, quarter: 0 }, ...times.slice(2)], length];
}

function quartersOf({ beats, beatType }: TimeValue): number {
  return (beats * 4) / beatType;
}

interface FileMeasure {
  length: number;
  implicit: boolean;
  time: TimeValue;
}

/** Measures from the first on, by the time signatures, up to the one that holds `end`. */
function measureOut(times: readonly Change<TimeValue>[], pickup: number, end: number): FileMeasure[] {
  const measures: FileMeasure[] = [];
  let at = 0;
  let index = 0;
  while (at < end) {
    while (index + 1 < times.length && times[index + 1]!.quarter <= at + 1e-6) index++;
    const time = times[index]!.value;
    const nominal = quartersOf(time);
    const next = times[index + 1]?.quarter ?? Number.POSITIVE_INFINITY;
    const whole = at === 0 && pickup > 0 ? pickup : nominal;
    const length = Math.min(whole, next - at);
    measures.push({ length, implicit: false, time });
    if (measures.length > MOST_MEASURES) throw invalid('The MIDI file has too many measures.');
    at += length;
  }
  return measures;
}
