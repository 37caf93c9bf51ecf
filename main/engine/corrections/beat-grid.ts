import type { Analysis, Beat } from '../../contract/analysis.ts';
import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import { tempoOf } from '../analysis/beat-times.ts';
import { FRAME_RATE } from '../transcription/evidence.ts';
import { refuse } from './refuse.ts';

/** Beats are at least so many seconds apart. */
const LEAST_GAP = 0.1;
const SLOWEST = 10;
const FASTEST = 400;

/** Ticks from the first beat to the end of the last. */
export function endOf(analysis: Analysis): number {
  return analysis.beats.length * TICKS_PER_BEAT;
}

/** Numbers of the beats at which bars begin; a pickup counts as the first bar. */
export function listDownbeats(beats: readonly Beat[]): number[] {
  return beats.flatMap((beat, i) => (i === 0 || beat.position === 1 ? [i] : []));
}

/**
 * Counts beats anew from where bars begin; the beats before the first downbeat count towards it.
 * @param size beats of the bar that a pickup belongs to, and at which bars without an end are cut
 */
export function countBars(beats: readonly Beat[], isDown: readonly boolean[], size: number): Beat[] {
  const first = Math.max(0, isDown.indexOf(true));
  let position = 0;
  return beats.map((beat, i) => {
    if (i < first) {
      const back = (first - i - 1) % size;
      return { ...beat, position: size - back };
    }
    position = isDown[i] || position >= 16 ? 1 : position + 1;
    return { ...beat, position };
  });
}

/** Beats of the first whole bar, or of the metre where there is none. */
export function firstBarSize(analysis: Analysis): number {
  const downs = analysis.beats.flatMap((beat, i) => (beat.position === 1 ? [i] : []));
  return downs.length > 1 ? Math.min(16, downs[1] - downs[0]) : analysis.metres[0].beats;
}

/** Tempo of beats that a person has set. @throws SongleafError `bad-request` where no music goes so fast or slow */
export function tempoByHand(beats: readonly Beat[]): Analysis['tempo'] {
  const bpm = Math.round(tempoOf(beats.map((beat) => beat.time * FRAME_RATE)) * 10) / 10;
  if (bpm < SLOWEST || bpm > FASTEST) {
    throw refuse(
      `${bpm} beats a minute is no tempo.`,
      `Songleaf counts from ${SLOWEST} to ${FASTEST} beats a minute.`,
    );
  }
  return { bpm, confidence: 1 };
}

/** @throws SongleafError `bad-request` where two beats are too near, or fewer than two are left */
export function checkBeats(beats: readonly Beat[]): void {
  if (beats.length < 2) throw refuse('A song needs two beats at least.', 'Keep some of the beats.');
  for (let i = 1; i < beats.length; i++) {
    if (beats[i].time - beats[i - 1].time < LEAST_GAP - 1e-6) {
      throw refuse(
        `Beats ${i} and ${i + 1} would be less than a tenth of a second apart.`,
        'Remove one of them, or move it farther.',
      );
    }
  }
}

/** To a ten-thousandth of a second, as beats are found. */
export function roundTime(seconds: number): number {
  return Math.round(Math.max(0, seconds) * 10_000) / 10_000;
}
