import type { Beat, Metre, Reading } from '../../contract/analysis.ts';
import { type BeatUnit, TICKS_PER_BEAT } from '../../contract/grid.ts';
import { sigmoid } from '../sigmoid.ts';
import { type Evidence, FRAME_RATE, frameToSeconds, SILENCE } from '../transcription/evidence.ts';
import { type BarPointerOptions, type TrackedBeat, trackBars } from './bar-pointer.ts';
import { scoreBars } from './bar-scores.ts';
import { smoothBeats, tempoOf } from './beat-times.ts';
import { measureOnsetStrength, peakAt } from './onset-strength.ts';
import type { SongPulse } from './pulse.ts';
import { listReadings, rateBars } from './readings.ts';

/** A beat's place in its bar. */
export interface BarPosition {
  /** 1 = downbeat. */
  position: number;
  /** Beats of the bar that this beat belongs to. */
  beats: number;
  /** 0-1: how sure this place is against bars that begin later. */
  confidence: number;
}

export interface BeatGrid {
  /** Frames of the beats, and one more: the end of the last. */
  frames: number[];
  bars: BarPosition[];
  unit: BeatUnit;
  beats: Beat[];
  readings: Reading[];
  metres: Metre[];
  bpm: number;
  confidence: number;
}

/** Beats a minute laid over a recording in which none can be found. */
const FALLBACK_BPM = 100;
/** Attack at thirds of the beat over attack at halves and quarters, from which the beat divides in three. */
const TERNARY = 1.4;

/**
 * What is known of songs before one is heard. Pop is in four; a lone bar of two or three between bars of four is rare,
 * and slow and fast songs lie some two octaves apart.
 */
export const barOptions: BarPointerOptions = {
  slowest: 38,
  fastest: 220,
  tempoCentre: 108,
  tempoWidth: 0.6,
  tempoWeight: 0.02,
  stiffness: 90,
  metres: [
    { beats: 4, prior: 0 },
    { beats: 3, prior: -0.3 },
    { beats: 2, prior: -1 },
  ],
  metreChange: 6,
  halfBar: 0.7,
};

/**
 * Finds the beat grid of a recording: beats from the first sound to the last, bars, metre and tempo.
 * @param pulse what the offline network heard; null: only BeatNet's networks speak
 * @param options what songs are like
 */
export function findBeatGrid(
  evidence: Evidence,
  pulse: SongPulse | null,
  options: BarPointerOptions = barOptions,
): BeatGrid {
  const strength = measureOnsetStrength(evidence);
  const music = findMusic(evidence);
  const scores = scoreBars(evidence, pulse, strength);
  let tracked = music.silent ? [] : trackBars(scores, options);
  const heard = tracked.length >= 4;
  if (!heard) tracked = layBeats(evidence.frames);
  const smooth = smoothBeats(tracked.map((beat) => beat.frame));
  const kept = trimBeats(smooth, music.from, music.to);
  const frames = smooth.slice(kept.from, kept.to);
  tracked = tracked.slice(kept.from, kept.to);
  const thirds = heard ? compareThirds(strength.full, frames) : 0;
  const unit: BeatUnit = isTernary(thirds, pulse && meanAt(pulse.ternary, tracked))
    ? 'dotted-quarter'
    : 'quarter';
  const end = frames[frames.length - 1] + (frames[frames.length - 1] - frames[frames.length - 2]);
  const places = heard ? rateBars(scores, tracked) : tracked.map(() => 0);
  const bars = tracked.map(({ position, beats }, i) => {
    const bar = { position, beats, confidence: places[i] };
    return unit === 'dotted-quarter' ? inTwo(bar) : bar;
  });
  const clarity = heard ? rateBeats(scores.onBeat, tracked) : frames.map(() => 0);
  const bpm = tempoOf(frames);
  return {
    frames: [...frames, end],
    bars,
    unit,
    beats: frames.map((frame, i) => ({
      time: Math.round(frameToSeconds(Math.max(0, frame)) * 10_000) / 10_000,
      position: bars[i].position,
      confidence: Math.round(clarity[i] * bars[i].confidence * 1000) / 1000,
    })),
    readings: heard ? listReadings(scores, tracked, bpm) : [],
    metres: listMetres(bars, unit),
    bpm: Math.round(bpm * 10) / 10,
    confidence: Math.round((clarity.reduce((a, b) => a + b, 0) / clarity.length) * 1000) / 1000,
  };
}

/** First and last frame that are louder than silence. */
function findMusic(evidence: Evidence): { from: number; to: number; silent: boolean } {
  const from = evidence.loudness.findIndex((value) => value > SILENCE);
  if (from < 0) return { from: 0, to: evidence.frames, silent: true };
  return { from, to: evidence.loudness.findLastIndex((value) => value > SILENCE) + 1, silent: false };
}

function layBeats(frames: number): TrackedBeat[] {
  const interval = Math.round((60 * FRAME_RATE) / FALLBACK_BPM);
  const count = Math.max(2, Math.ceil(frames / interval));
  return Array.from({ length: count }, (_, i) => ({ frame: i * interval, position: (i % 4) + 1, beats: 4 }));
}

/** The beats that music surrounds, at least two. */
function trimBeats(frames: readonly number[], from: number, to: number): { from: number; to: number } {
  const interval = frames[1] - frames[0];
  const first = frames.findIndex((frame) => frame > from - interval);
  const last = frames.findLastIndex((frame) => frame < to);
  return last - first >= 1 && first >= 0 ? { from: first, to: last + 1 } : { from: 0, to: 2 };
}

function meanAt(values: Float32Array, beats: readonly TrackedBeat[]): number {
  return beats.reduce((sum, { frame }) => sum + values[frame], 0) / beats.length;
}

/** Attack at thirds of the beat over attack at halves and quarters: 6/8 and 12/8 are above 1, straight beats below. */
function compareThirds(attack: Float32Array, frames: readonly number[]): number {
  // Shuffle fills the last third only, so the weaker of the two thirds decides.
  const sums = { first: 0, second: 0, half: 0, quarters: 0 };
  for (let i = 0; i + 1 < frames.length; i++) {
    const length = frames[i + 1] - frames[i];
    sums.first += peakAt(attack, frames[i] + length / 3);
    sums.second += peakAt(attack, frames[i] + (2 * length) / 3);
    sums.half += peakAt(attack, frames[i] + length / 2);
    sums.quarters +=
      (peakAt(attack, frames[i] + length / 4) + peakAt(attack, frames[i] + (3 * length) / 4)) / 2;
  }
  return Math.min(sums.first, sums.second) / Math.max(sums.half, sums.quarters, 1e-6);
}

/** Whether beats divide in three: by what the network says (null: it has not listened), or half of that and attacks. */
function isTernary(thirds: number, heard: number | null): boolean {
  if (heard === null) return thirds > TERNARY;
  return heard > 0.5 || (heard > 0.25 && thirds > TERNARY);
}

/** Reads a bar of four dotted beats as two bars of 6/8. */
function inTwo(bar: BarPosition): BarPosition {
  if (bar.beats !== 4) return bar;
  return { ...bar, beats: 2, position: ((bar.position - 1) % 2) + 1 };
}

/** How clear each beat is, 0-1. */
function rateBeats(onBeat: Float32Array, beats: readonly TrackedBeat[]): number[] {
  const clear = beats.map(({ frame }) => sigmoid(onBeat[frame]));
  // One weak beat among clear ones is not in doubt: average over a bar to each side.
  return clear.map((_, i) => {
    const around = clear.slice(Math.max(0, i - 4), i + 5);
    return around.reduce((a, b) => a + b, 0) / around.length;
  });
}

/** One metre for each run of bars of one length; the pickup takes the first full bar's metre. */
function listMetres(bars: readonly BarPosition[], unit: BeatUnit): Metre[] {
  const metres: Metre[] = [];
  const downbeats = bars.flatMap((bar, i) => (bar.position === 1 ? [i] : []));
  if (downbeats.length === 0) return [{ start: 0, beats: bars[0]?.beats ?? 4, unit, confidence: 0 }];
  downbeats.forEach((beat, i) => {
    const last = i + 1 === downbeats.length;
    const length = last ? bars[beat].beats : downbeats[i + 1] - beat;
    const start = i === 0 ? 0 : beat;
    if (metres[metres.length - 1]?.beats === length) return;
    metres.push({ start: start * TICKS_PER_BEAT, beats: length, unit, confidence: bars[beat].confidence });
  });
  return metres.map((metre) => ({ ...metre, confidence: Math.round(metre.confidence * 1000) / 1000 }));
}
