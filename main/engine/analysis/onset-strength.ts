import { type Evidence, FLUX_BANDS, FRAME_RATE, KEYS } from '../transcription/evidence.ts';

/** Weights of the flux bands (40 Hz … 10 kHz): kick and snare count most, cymbals least. */
const BAND_WEIGHTS = [1.2, 1.2, 1, 1, 1, 1, 0.8, 0.6];
/** Weight of the transcriber's note onsets against the flux: they show attacks that drums cover. */
const NOTE_WEIGHT = 0.6;
/** Keys below E3 count as bass. */
const BASS_KEYS = 31;
/** Frames before and after that the bass is compared over: 0.19 s, shorter than a beat at 220 per minute. */
const BASS_CHANGE_FRAMES = 16;
/** Weight of a change of bass pitch against the attack of kick and bass. */
const BASS_CHANGE_WEIGHT = 1.5;
/** Keeps silence from counting as change: one clear note for one frame, squared, in 255ths. */
const ONE_NOTE = 255 * 255;
/** Seconds over which level differences in a song are evened out. */
const LEVEL_WINDOW = 6;

export interface OnsetStrength {
  /** Attack of everything, per frame; mean 0, standard deviation 1 over some seconds. */
  full: Float32Array;
  /** Attack of kick and bass, likewise. */
  low: Float32Array;
}

/** How strongly something begins at each frame, evened out over loud and soft passages. */
export function measureOnsetStrength(evidence: Evidence): OnsetStrength {
  const { frames } = evidence;
  const full = new Float32Array(frames);
  const low = new Float32Array(frames);
  const notes = new Float32Array(frames);
  const bass = new Float32Array(frames);
  for (let t = 0; t < frames; t++) {
    for (let band = 0; band < FLUX_BANDS; band++) {
      const flux = evidence.flux[t * FLUX_BANDS + band];
      full[t] += BAND_WEIGHTS[band] * flux;
      if (band < 2) low[t] += flux;
    }
    for (let key = 0; key < KEYS; key++) {
      const onset = evidence.onset[t * KEYS + key];
      if (onset < 40) continue;
      notes[t] += onset;
      if (key < BASS_KEYS) bass[t] += onset;
    }
  }
  evenOut(full);
  evenOut(low);
  evenOut(notes);
  evenOut(bass);
  for (let t = 0; t < frames; t++) {
    full[t] += NOTE_WEIGHT * notes[t];
    low[t] += bass[t];
  }
  evenOut(low);
  const change = measureBassChange(evidence);
  for (let t = 0; t < frames; t++) low[t] += BASS_CHANGE_WEIGHT * change[t];
  evenOut(full);
  return { full, low };
}

/** How much the pitch classes below A4 differ between just before and just after each frame; mean 0, deviation 1. */
function measureBassChange(evidence: Evidence): Float32Array {
  const { frames } = evidence;
  const before = new Float64Array(12);
  const after = new Float64Array(12);
  for (let t = 0; t < BASS_CHANGE_FRAMES; t++) addBass(evidence, t, 1, after);
  const change = new Float32Array(frames);
  for (let t = 0; t < frames; t++) {
    let dot = 0;
    let left = ONE_NOTE;
    let right = ONE_NOTE;
    for (let pc = 0; pc < 12; pc++) {
      dot += before[pc] * after[pc];
      left += before[pc] * before[pc];
      right += after[pc] * after[pc];
    }
    change[t] = 1 - dot / Math.sqrt(left * right);
    addBass(evidence, t, 1, before);
    addBass(evidence, t - BASS_CHANGE_FRAMES, -1, before);
    addBass(evidence, t, -1, after);
    addBass(evidence, t + BASS_CHANGE_FRAMES, 1, after);
  }
  evenOut(change);
  return change;
}

/** The attack at a frame or beside it, 0 where nothing begins: attacks are rarely exact to 12 ms. */
export function peakAt(attack: Float32Array, frame: number): number {
  const t = Math.round(frame);
  return Math.max(attack[t - 1] ?? 0, attack[t] ?? 0, attack[t + 1] ?? 0, 0);
}

/** Subtracts the running mean and divides by the running deviation, in place. */
function evenOut(values: Float32Array): void {
  const half = Math.round((LEVEL_WINDOW * FRAME_RATE) / 2);
  const sums = new Float64Array(values.length + 1);
  const squares = new Float64Array(values.length + 1);
  for (let t = 0; t < values.length; t++) {
    sums[t + 1] = sums[t] + values[t];
    squares[t + 1] = squares[t] + values[t] * values[t];
  }
  // Silence between songs must not be blown up into noise: the deviation has a floor at a tenth of the song's.
  const total = values.length || 1;
  const overall = Math.sqrt(Math.max(0, squares[total] / total - (sums[total] / total) ** 2));
  for (let t = values.length - 1; t >= 0; t--) {
    const from = Math.max(0, t - half);
    const to = Math.min(values.length, t + half + 1);
    const mean = (sums[to] - sums[from]) / (to - from);
    const variance = (squares[to] - squares[from]) / (to - from) - mean * mean;
    values[t] = (values[t] - mean) / Math.max(Math.sqrt(Math.max(0, variance)), overall * 0.1, 1e-6);
  }
}

/** Adds a frame's bass notes to pitch-class sums, or takes them out; frames outside the song hold none. */
function addBass(evidence: Evidence, frame: number, sign: 1 | -1, sums: Float64Array): void {
  if (frame < 0 || frame >= evidence.frames) return;
  for (let key = 0; key < BASS_KEYS; key++) {
    // Whole numbers of 255ths, so that taking out undoes adding exactly.
    const note = evidence.note[frame * KEYS + key];
    if (note > 50) sums[(key + 9) % 12] += sign * note;
  }
}
