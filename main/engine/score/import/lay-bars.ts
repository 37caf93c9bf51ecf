import { type Bar, timeSignatureSchema } from '../../../contract/arrangement.ts';
import { SongleafError } from '../../../contract/errors.ts';
import { type BarUnit, TICKS_PER_BEAT, ticksPerQuarter } from '../../../contract/grid.ts';
import type { ReadMeasure } from '../musicxml-content.ts';
import type { TimeSignature } from '../score.ts';

/** Where the measures of a document lie on the beat grid. */
export interface BarLayout {
  bars: Bar[];
  /** Tick of a place, in quarters, of a measure, rounded. */
  toTick(measure: number, at: number): number;
}

/** The contract's most beats in a bar. */
const MOST_BEATS = 16;
const EPSILON = 1e-6;

type Timed = Pick<ReadMeasure, 'length' | 'implicit'> & { time: TimeSignature | null };

/**
 * Beat of a time signature: a dotted quarter where eighths or 16ths come in threes, an eighth where there is an odd
 * number of them or groups are stated, as in 3+2+3.
 */
export function beatOf({ beats, beatType, groups }: TimeSignature): {
  unit: BarUnit;
  quarters: number;
  beats: number;
} {
  const quarters = (beats * 4) / beatType;
  const isEven = !groups || groups.every((size) => size === 3);
  if (beatType >= 8 && beats % 3 === 0 && isEven && Number.isInteger(quarters / 1.5)) {
    return { unit: 'dotted-quarter', quarters: 1.5, beats: quarters / 1.5 };
  }
  if (beatType === 8 && (groups || beats % 2 === 1)) return { unit: 'eighth', quarters: 0.5, beats };
  return { unit: 'quarter', quarters: 1, beats: Math.ceil(quarters) };
}

/** The signature itself where a bar of these beats would be given another. */
function statedSignature(
  time: TimeSignature,
  { unit, beats }: { unit: BarUnit; beats: number },
): Bar['signature'] {
  const { beatType, groups } = time;
  const isUsual =
    !groups &&
    (unit === 'eighth' || (unit === 'quarter' ? beatType === 4 : beatType === 8 && time.beats === beats * 3));
  if (isUsual) return undefined;
  const parsed = timeSignatureSchema.safeParse({
    beats: time.beats,
    beatType,
    ...(groups ? { groups } : {}),
  });
  return parsed.success ? parsed.data : undefined;
}

/** Quarters of a bar's beat. */
export function quartersOfBeat(unit: BarUnit): number {
  return TICKS_PER_BEAT / ticksPerQuarter(unit);
}

/**
 * Lays the measures of a document on the beat grid. Two measures that are one, cut by a repeat or a double bar, become
 * one bar. A short first measure is a pickup; what its or another bar lacks to a whole beat is silence, before the
 * pickup and after any other.
 *
 * @throws SongleafError `score-invalid` where a metre has no place on the grid, as 5/16
 */
export function layBars(measures: readonly Timed[]): BarLayout {
  const bars: Bar[] = [];
  const places: { start: number; perQuarter: number }[] = [];
  let tick = 0;
  for (let index = 0; index < measures.length; ) {
    const measure = measures[index]!;
    const time = measure.time ?? { beats: 4, beatType: 4 };
    const nominal = (time.beats * 4) / time.beatType;
    const beat = beatOf(time);
    const count = isCutBar(measures, index, nominal) ? 2 : 1;
    const length = measure.length + (count === 2 ? measures[index + 1]!.length : 0);
    const beats = Math.max(1, Math.ceil(length / beat.quarters - EPSILON));
    if (!Number.isInteger(nominal / beat.quarters) || beats > MOST_BEATS || !Number.isFinite(length)) {
      throw new SongleafError(
        'score-invalid',
        `A bar of ${time.beats}/${time.beatType} that lasts ${length} quarters does not fit the beat grid.`,
        'Metres of whole eighths, quarters or dotted quarters, up to 16 a bar, can be engraved.',
      );
    }
    const isPickup = index === 0 && length < nominal - EPSILON && measures.length > 1;
    const perQuarter = TICKS_PER_BEAT / beat.quarters;
    const lead = isPickup ? beats * TICKS_PER_BEAT - length * perQuarter : 0;
    const isLast = index + count === measures.length;
    const metreBeats = isPickup || isLast ? Math.max(beat.beats, beats) : beats;
    const signature = metreBeats === beat.beats ? statedSignature(time, beat) : undefined;
    bars.push({
      start: tick,
      beats,
      metreBeats,
      unit: beat.unit,
      ...(signature ? { signature } : {}),
    });
    places.push({ start: tick + lead, perQuarter });
    if (count === 2) places.push({ start: tick + lead + measure.length * perQuarter, perQuarter });
    tick += beats * TICKS_PER_BEAT;
    index += count;
  }
  return {
    bars,
    toTick: (measure, at) => {
      const { start, perQuarter } = places[measure]!;
      return Math.round(start + at * perQuarter);
    },
  };
}

/** Whether a measure and the next are the halves of one bar. */
function isCutBar(measures: readonly Timed[], index: number, nominal: number): boolean {
  const { length } = measures[index]!;
  const next = measures[index + 1];
  if (!next || next.time !== measures[index]!.time || length > nominal - EPSILON) return false;
  // A pickup and a short second bar are no halves unless the second says that it is not counted.
  if (index === 0 && !next.implicit) return false;
  return Math.abs(length + next.length - nominal) < EPSILON;
}
