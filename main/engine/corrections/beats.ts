import type { Analysis, Beat } from '../../contract/analysis.ts';
import type { CorrectionOf } from '../../contract/corrections.ts';
import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import { FRAME_RATE } from '../transcription/evidence.ts';
import { checkBeats, countBars, firstBarSize, roundTime, tempoByHand } from './beat-grid.ts';
import { readMetres } from './metres.ts';
import { refuse } from './refuse.ts';

/** How far a person's taps as a whole may be early or late, and each of them beyond that, in seconds. */
const REACTION = 0.08;
const JITTER = 0.035;

/**
 * Lays beats where a person tapped, between the first and the last tap; the others stay.
 * @param attack how strongly something begins at each frame of the evidence; taps are drawn to it. Null: they lie as tapped
 */
export function tapBeats(
  analysis: Analysis,
  { times }: CorrectionOf<'tap'>,
  attack: Float32Array | null,
): Analysis {
  const sorted = times.toSorted((a, b) => a - b);
  const gaps = sorted.slice(1).map((time, i) => time - sorted[i]);
  const gap = gaps.toSorted((a, b) => a - b)[gaps.length >> 1];
  const taps = (attack ? drawToAttacks(sorted, attack) : sorted).map(roundTime);
  const before = analysis.beats.filter((beat) => beat.time < taps[0] - gap / 2);
  const after = analysis.beats.filter((beat) => beat.time > taps[taps.length - 1] + gap / 2);
  const tapped = taps.map((time): Beat => ({ time, position: 1, confidence: 1, byHand: true }));
  const beats = [...before, ...tapped, ...after];
  checkBeats(beats);
  const size = firstBarSize(analysis);
  const isTapped = new Set(tapped);
  const isDown = beats.map((beat) => !isTapped.has(beat) && beat.position === 1);
  const phase = before.length > 0 ? nextDownbeat(before, size) : votePhase(analysis.beats, taps, gap, size);
  for (let i = phase; i < taps.length; i += size) isDown[before.length + i] = true;
  return withBeats(analysis, countBars(beats, isDown, size));
}

/** Beats from the end of `before` to the next downbeat. */
function nextDownbeat(before: readonly Beat[], size: number): number {
  return (size - (before[before.length - 1].position % size)) % size;
}

/** The tap at which bars begin: where most of the downbeats lay. */
function votePhase(beats: readonly Beat[], taps: readonly number[], gap: number, size: number): number {
  const votes = new Array<number>(size).fill(0);
  for (const beat of beats) {
    if (beat.position !== 1) continue;
    const nearest = taps.findIndex((tap) => Math.abs(tap - beat.time) < gap / 3);
    if (nearest >= 0) votes[nearest % size] += 1;
  }
  return votes.indexOf(Math.max(...votes));
}

/** Takes out how early or late taps are as a whole, then moves each to the attack beside it. */
function drawToAttacks(taps: readonly number[], attack: Float32Array): number[] {
  const at = (seconds: number) => attack[Math.round(seconds * FRAME_RATE)] ?? 0;
  const reach = Math.round(REACTION * FRAME_RATE);
  let best = { sum: -Infinity, offset: 0 };
  for (let d = -reach; d <= reach; d++) {
    const offset = d / FRAME_RATE;
    // A little against moving at all: where nothing is attacked, taps stay.
    const sum = taps.reduce((total, tap) => total + at(tap + offset), -0.01 * taps.length * Math.abs(d));
    if (sum > best.sum) best = { sum, offset };
  }
  return taps.map((tap) => {
    const middle = Math.round((tap + best.offset) * FRAME_RATE);
    const around = Math.round(JITTER * FRAME_RATE);
    let top = middle;
    for (let t = middle - around; t <= middle + around; t++) {
      if ((attack[t] ?? 0) > Math.max(1, attack[top] ?? 0)) top = t;
    }
    return (attack[top] ?? 0) > 1 ? top / FRAME_RATE : tap + best.offset;
  });
}

/** Moves one beat between its neighbours. */
export function moveBeat(analysis: Analysis, { beat, time }: CorrectionOf<'move-beat'>): Analysis {
  if (beat >= analysis.beats.length) throw noSuchBeat();
  const beats = analysis.beats.map(
    (each, i): Beat => (i === beat ? { ...each, time: roundTime(time), confidence: 1, byHand: true } : each),
  );
  checkBeats(beats);
  return { ...analysis, beats, tempo: { ...analysis.tempo, bpm: tempoByHand(beats).bpm } };
}

/** Adds a beat; its bar gets longer by it. */
export function addBeat(analysis: Analysis, { time }: CorrectionOf<'add-beat'>): Analysis {
  const added: Beat = { time: roundTime(time), position: 2, confidence: 1, byHand: true };
  const beats = [...analysis.beats, added].toSorted((a, b) => a.time - b.time);
  checkBeats(beats);
  const isDown = beats.map((beat) => beat !== added && beat.position === 1);
  return withBeats(analysis, countBars(beats, isDown, firstBarSize(analysis)));
}

/** Removes a beat; where a bar began with it, the bar begins with the next one. */
export function removeBeat(analysis: Analysis, { beat }: CorrectionOf<'remove-beat'>): Analysis {
  if (beat >= analysis.beats.length) throw noSuchBeat();
  const beats = analysis.beats.filter((_, i) => i !== beat);
  checkBeats(beats);
  const isDown = beats.map((each) => each.position === 1);
  if (analysis.beats[beat].position === 1 && beat < beats.length) isDown[beat] = true;
  return withBeats(analysis, countBars(beats, isDown, firstBarSize(analysis)));
}

/** The analysis on beats some of which moved; metres begin with the bar that is nearest to where they began. */
function withBeats(analysis: Analysis, beats: Beat[]): Analysis {
  const known = analysis.metres.map((metre) => {
    const time = analysis.beats[metre.start / TICKS_PER_BEAT]?.time ?? 0;
    const nearest = beats.reduce(
      (best, beat, i) =>
        beat.position === 1 && Math.abs(beat.time - time) < Math.abs(beats[best].time - time) ? i : best,
      0,
    );
    return { ...metre, start: metre.start === 0 ? 0 : nearest * TICKS_PER_BEAT };
  });
  return { ...analysis, tempo: tempoByHand(beats), beats, metres: readMetres(beats, known) };
}

function noSuchBeat() {
  return refuse('There is no such beat.', 'Choose a beat of this song.');
}
