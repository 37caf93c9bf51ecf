import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import { type BarMetre, splitInBar } from './bar-metre.ts';
import { groupBy } from './group-by.ts';
import type { MeasureFrame } from './measure-frames.ts';
import { type Stretch, splitAtMetre, tripletLevels } from './metre-split.ts';
import { noteValue } from './note-types.ts';
import type { NoteType, TupletMember } from './score.ts';
import { divideBeat, type TupletSpan } from './tuplets.ts';
import type { StaffChord } from './voices.ts';

/** One symbol of a voice: a chord (or part of one, tied), a rest (`chord` null) or a gap (no value either). */
export interface WrittenSymbol {
  /** Divisions from the start of the measure. */
  at: number;
  duration: number;
  chord: StaffChord | null;
  value: { type: NoteType; dots: number } | null;
  tuplet: TupletMember | null;
  /** A part of the chord came before, or follows. */
  tieStop: boolean;
  tieStart: boolean;
}

interface Piece extends Stretch {
  chord: StaffChord | null;
}

/**
 * Writes one voice through one measure as symbols that fill it without overlap.
 *
 * @param chords those that sound in the measure, sorted, without overlap
 * @param printRests whether silence is written as rests; a second voice leaves gaps, except inside a triplet, whose
 *   members must be complete
 */
export function writeMeasure(
  chords: readonly StaffChord[],
  frame: MeasureFrame,
  printRests: boolean,
): WrittenSymbol[] {
  const { spans, cuts } = divideBeats(chords, frame);
  const cutPlaces = [...spans.flatMap((span) => [span.from, span.to]), ...cuts].sort((a, b) => a - b);
  const pieces = fillMeasure(chords, frame).flatMap((piece) => cutAt(piece, cutPlaces));
  const symbols = pieces.flatMap((piece) => {
    const span = spans.find(({ from, to }) => from <= piece.from && piece.to <= to);
    if (span) return writeInTriplet(piece, span);
    if (!piece.chord && !printRests) return [gap(piece)];
    return writePlain(piece, frame.lead, frame.metre);
  });
  markTies(symbols, frame);
  markTupletEdges(symbols, spans);
  return symbols;
}

function divideBeats(chords: readonly StaffChord[], frame: MeasureFrame) {
  const spans: TupletSpan[] = [];
  const cuts: number[] = [];
  if (frame.unit !== 'quarter') return { spans, cuts };
  const places = chords
    .flatMap((chord) => [chord.start, chord.end])
    .filter((tick) => tick > frame.start && tick < frame.end)
    .map((tick) => tick - frame.start);
  for (const [beat, group] of groupBy(places, (place) => Math.floor(place / TICKS_PER_BEAT))) {
    const inBeat = group.map((place) => place % TICKS_PER_BEAT);
    const division = divideBeat(inBeat, beat * TICKS_PER_BEAT * frame.divisionsPerTick);
    spans.push(...division.spans);
    cuts.push(...division.cuts);
  }
  return { spans, cuts };
}

/** The measure from its start to its end, as chords and the silence between them. */
function fillMeasure(chords: readonly StaffChord[], frame: MeasureFrame): Piece[] {
  const pieces: Piece[] = [];
  let cursor = 0;
  for (const chord of chords) {
    const from = Math.max(0, (chord.start - frame.start) * frame.divisionsPerTick);
    const to = Math.min(frame.length, (chord.end - frame.start) * frame.divisionsPerTick);
    if (from > cursor) pieces.push({ from: cursor, to: from, chord: null });
    pieces.push({ from, to, chord });
    cursor = to;
  }
  if (cursor < frame.length) pieces.push({ from: cursor, to: frame.length, chord: null });
  return pieces;
}

function cutAt(piece: Piece, places: readonly number[]): Piece[] {
  const pieces: Piece[] = [];
  let { from } = piece;
  for (const place of places) {
    if (place <= from || place >= piece.to) continue;
    pieces.push({ ...piece, from, to: place });
    from = place;
  }
  pieces.push({ ...piece, from });
  return pieces;
}

function makeSymbol(
  piece: Stretch & { chord: StaffChord | null },
  written: number,
  tuplet: TupletMember | null,
): WrittenSymbol {
  return {
    at: piece.from,
    duration: piece.to - piece.from,
    chord: piece.chord,
    value: noteValue(written)!,
    tuplet,
    tieStop: false,
    tieStart: false,
  };
}

function gap({ from, to }: Stretch): WrittenSymbol {
  return {
    at: from,
    duration: to - from,
    chord: null,
    value: null,
    tuplet: null,
    tieStop: false,
    tieStart: false,
  };
}

/** `lead` puts the beats of a pickup where they are in a whole bar. */
function writePlain(piece: Piece, lead: number, metre: BarMetre): WrittenSymbol[] {
  const inBar = { from: piece.from + lead, to: piece.to + lead };
  return splitInBar(inBar, metre, piece.chord === null).map(({ from, to }) =>
    makeSymbol({ chord: piece.chord, from: from - lead, to: to - lead }, to - from, null),
  );
}

/** Inside a triplet the written time runs half as fast again as the sounding time. */
function writeInTriplet(piece: Piece, span: TupletSpan): WrittenSymbol[] {
  const toWritten = (at: number) => ((at - span.from) * 3) / 2;
  const toSounding = (at: number) => span.from + (at * 2) / 3;
  const written = { from: toWritten(piece.from), to: toWritten(piece.to) };
  return splitAtMetre(written, tripletLevels(span.normalLength), piece.chord === null).map(({ from, to }) =>
    makeSymbol({ chord: piece.chord, from: toSounding(from), to: toSounding(to) }, to - from, {
      normalType: span.normalType,
      edge: null,
      bracket: false,
    }),
  );
}

function markTies(symbols: readonly WrittenSymbol[], frame: MeasureFrame): void {
  const toTick = (at: number) => frame.start + at / frame.divisionsPerTick;
  for (const symbol of symbols) {
    if (!symbol.chord) continue;
    symbol.tieStop = toTick(symbol.at) > symbol.chord.start;
    symbol.tieStart = toTick(symbol.at + symbol.duration) < symbol.chord.end;
  }
}

/** A bracket only where no beam already shows which notes belong together. */
function markTupletEdges(symbols: readonly WrittenSymbol[], spans: readonly TupletSpan[]): void {
  for (const { from, to } of spans) {
    const members = symbols.filter((each) => each.at >= from && each.at < to);
    const beamed = members.every(({ chord, value }) => chord && value!.type !== 'quarter');
    members[0]!.tuplet!.edge = 'start';
    members[0]!.tuplet!.bracket = !beamed;
    members[members.length - 1]!.tuplet!.edge = 'stop';
  }
}
