import type { Analysis, Beat, Metre } from '../../contract/analysis.ts';
import type { CorrectionOf } from '../../contract/corrections.ts';
import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import type { BarPosition } from '../analysis/beats.ts';
import { countBars, firstBarSize, listDownbeats } from './beat-grid.ts';
import { refuse } from './refuse.ts';

/**
 * The metres of beats that were counted anew: one for each run of bars of one length and unit.
 * @param known what is known of them, for unit, confidence and what was set by hand; in order
 */
export function readMetres(beats: readonly Beat[], known: readonly Metre[]): Metre[] {
  const starts = listDownbeats(beats);
  const metres: Metre[] = [];
  starts.forEach((beat, bar) => {
    const start = beat * TICKS_PER_BEAT;
    const hint = known.findLast((metre) => metre.start <= start) ?? known[0];
    const length = (starts[bar + 1] ?? beats.length) - beat;
    const isPickup = bar === 0 && beats[0].position !== 1;
    const isLast = bar === starts.length - 1;
    // A pickup belongs to the bars after it, and a last bar may break off.
    if (isPickup && !isLast) return;
    const size = isLast && length < hint.beats ? hint.beats : Math.min(16, length);
    const before = metres.at(-1);
    const isSet = hint.byHand === true && hint.start === start;
    if (before && before.beats === size && before.unit === hint.unit && !isSet) return;
    metres.push({
      start: metres.length === 0 ? 0 : start,
      beats: size,
      unit: hint.unit,
      confidence: hint.beats === size ? hint.confidence : beats[beat].confidence,
      ...(isSet ? { byHand: true } : {}),
    });
  });
  return metres;
}

/** Each beat's place in its bar, as the finders of chords take it. */
export function barPositions(beats: readonly Beat[], metres: readonly Metre[]): BarPosition[] {
  const starts = listDownbeats(beats);
  return starts.flatMap((first, bar) => {
    const end = starts[bar + 1] ?? beats.length;
    const metre = metres.findLast(({ start }) => start <= first * TICKS_PER_BEAT) ?? metres[0];
    const isWhole = bar < starts.length - 1 && beats[first].position === 1;
    const size = isWhole ? end - first : Math.max(metre.beats, end - first);
    return beats
      .slice(first, end)
      .map(({ position, confidence }) => ({ position, beats: Math.min(16, size), confidence }));
  });
}

/** Bars begin so many beats later. */
export function shiftDownbeats(analysis: Analysis, { beats: by }: CorrectionOf<'shift'>): Analysis {
  const { beats } = analysis;
  const isDown = beats.map((_, i) => beats[i - by]?.position === 1);
  // Where bars move in from beyond an end, they go on as the nearest do.
  const size = firstBarSize(analysis);
  if (by < 0) {
    let last = isDown.lastIndexOf(true);
    const length = analysis.metres[analysis.metres.length - 1].beats;
    for (last += length; last >= 0 && last < beats.length; last += length) isDown[last] = true;
  } else {
    for (let first = isDown.indexOf(true) - size; first >= 0; first -= size) isDown[first] = true;
  }
  const counted = countBars(beats, isDown, size).map((beat) => ({ ...beat, confidence: 1 }));
  const moved = analysis.metres.map((metre) => ({
    ...metre,
    start: metre.start === 0 ? 0 : Math.max(0, metre.start + by * TICKS_PER_BEAT),
  }));
  return { ...analysis, beats: counted, metres: readMetres(counted, moved) };
}

/** Sets the metre from a beat on, which begins a bar. */
export function setMetre(analysis: Analysis, { beat, beats: size, unit }: CorrectionOf<'metre'>): Analysis {
  const { beats } = analysis;
  if (beat >= beats.length) throw refuse('There is no such beat.', 'Choose a beat of this song.');
  const start = beat * TICKS_PER_BEAT;
  const next = analysis.metres.find((metre) => metre.byHand && metre.start > start)?.start;
  const end = next === undefined ? beats.length : next / TICKS_PER_BEAT;
  const isDown = beats.map((other, i) => {
    if (i < beat) return other.position === 1;
    return i < end ? (i - beat) % size === 0 : other.position === 1;
  });
  const known: Metre[] = [
    ...analysis.metres.filter((metre) => metre.start < start),
    { start, beats: size, unit, confidence: 1, byHand: true as const },
    ...analysis.metres.filter((metre) => next !== undefined && metre.start >= next),
  ];
  const firstIsBefore = isDown.indexOf(true) < beat;
  const counted = countBars(beats, isDown, firstIsBefore ? firstBarSize(analysis) : size).map((each, i) =>
    i >= beat && i < end ? { ...each, confidence: 1 } : each,
  );
  return { ...analysis, beats: counted, metres: readMetres(counted, known) };
}
