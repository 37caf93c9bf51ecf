import type { MelodyNote } from '../../contract/analysis.ts';
import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import { type Evidence, FLUX_BANDS, KEYS, LOWEST_PITCH } from '../transcription/evidence.ts';

/** Notes below this posterior (of 255) are taken as silence. */
const FLOOR = 38;
/** Onsets below this posterior (of 255) are taken as none. */
const ONSET_FLOOR = 100;
/** Pitches among which a lead is looked for, A3 to C#6. */
export const LEAD_LOWEST = 57;
export const LEAD_PITCHES = 29;
/** First pitch of each register but the lowest: C3, C4, C5. */
const REGISTERS = [48, 60, 72];
/** The register of each piano key. */
const REGISTER_OF = Uint8Array.from(
  { length: KEYS },
  (_, key) => REGISTERS.filter((first) => key + LOWEST_PITCH >= first).length,
);

/** How a beat sounds, apart from its harmony. Means over the beat, full scale 1. */
export interface BeatSound {
  /** Posterior of each pitch from `LEAD_LOWEST` up. */
  lead: ArrayLike<number>;
  /** Posteriors summed below C3, from C3, C4 and C5 up. */
  registers: ArrayLike<number>;
  /** Spectral flux of each band. */
  flux: ArrayLike<number>;
  /** Onset posteriors summed over the beat and all keys. */
  onsets: number;
  /** 0 = −96 dB, 1 = full scale. */
  loudness: number;
  /** Share of the beat in which somebody sings. */
  sung: number;
}

/**
 * Measures how each beat sounds.
 * @param frames frames of the beats and the end of the last
 * @param melody the melody on these beats
 */
export function measureBeatSound(
  evidence: Evidence,
  frames: readonly number[],
  melody: readonly MelodyNote[],
): BeatSound[] {
  const sung = measureSinging(melody, frames.length - 1);
  return frames.slice(0, -1).map((frame, i) => {
    const from = Math.max(0, Math.round(frame));
    const to = Math.min(evidence.frames, Math.max(from + 1, Math.round(frames[i + 1])));
    const lead = new Float32Array(LEAD_PITCHES);
    const registers = new Float32Array(REGISTERS.length + 1);
    const flux = new Float32Array(FLUX_BANDS);
    let onsets = 0;
    let loudness = 0;
    const scale = 1 / (255 * Math.max(1, to - from));
    for (let t = from; t < to; t++) {
      loudness += evidence.loudness[t] * scale;
      for (let band = 0; band < FLUX_BANDS; band++)
        flux[band] += evidence.flux[t * FLUX_BANDS + band] * scale;
      for (let key = 0; key < KEYS; key++) {
        const onset = evidence.onset[t * KEYS + key];
        if (onset > ONSET_FLOOR) onsets += onset / 255;
        const note = evidence.note[t * KEYS + key];
        if (note < FLOOR) continue;
        const pitch = key + LOWEST_PITCH;
        registers[REGISTER_OF[key]] += note * scale;
        if (pitch >= LEAD_LOWEST && pitch < LEAD_LOWEST + LEAD_PITCHES) {
          lead[pitch - LEAD_LOWEST] += note * scale;
        }
      }
    }
    return { lead, registers, flux, onsets, loudness, sung: sung[i] };
  });
}

/** Share of each beat that sung notes cover. */
function measureSinging(melody: readonly MelodyNote[], beats: number): Float32Array {
  const sung = new Float32Array(beats);
  for (const { start, duration, source } of melody) {
    if (source !== 'sung') continue;
    for (let tick = start; tick < start + duration; ) {
      const beat = Math.floor(tick / TICKS_PER_BEAT);
      const until = Math.min(start + duration, (beat + 1) * TICKS_PER_BEAT);
      if (beat < beats) sung[beat] += (until - tick) / TICKS_PER_BEAT;
      tick = until;
    }
  }
  return sung;
}
