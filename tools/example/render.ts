import { findPianoDir, readPiano } from '../../main/engine/audio-out/piano-font.ts';
import { OUTPUT_RATE, renderPiano } from '../../main/engine/audio-out/render-piano.ts';
import { makeNoise, type Play, playBass, playDrum, playLead } from './instruments.ts';
import { bass, drums, melody, piano, piece } from './piece.ts';

/** Silence before the first beat, and what rings on after the last bar, in seconds. */
const LEAD_IN = 0.2;
const RING_OUT = 2;
/** Seconds that no note outlasts. */
const LONGEST = 6;
const SEED = 21;

const secondsOf = (beats: number) => LEAD_IN + (beats * 60) / piece.bpm;
/** Seconds of the whole recording. */
export const pieceSeconds = secondsOf(piece.bars * piece.beatsPerBar) + RING_OUT;

/** Plays the piece: left and right at 44.1 kHz, ±1. The same bytes every time. */
export async function renderPiece(): Promise<[Float32Array, Float32Array]> {
  const length = Math.round(pieceSeconds * OUTPUT_RATE);
  const left = new Float32Array(length);
  const right = new Float32Array(length);
  const noise = makeNoise(SEED);
  const add = (play: Play, start: number, pan: number) => {
    const sound = new Float32Array(LONGEST * OUTPUT_RATE);
    play(sound, 0, OUTPUT_RATE);
    const from = Math.round(secondsOf(start) * OUTPUT_RATE);
    const end = Math.min(sound.length, length - from);
    for (let i = 0; i < end; i++) {
      left[from + i] += sound[i] * Math.min(1, 1 - pan);
      right[from + i] += sound[i] * Math.min(1, 1 + pan);
    }
  };
  for (const { start, length: beats, pitch, velocity } of melody) {
    add(playLead(pitch, (beats * 60) / piece.bpm, velocity / 100), start, 0.1);
  }
  for (const { start, length: beats, pitch, velocity } of bass) {
    add(playBass(pitch, (beats * 60) / piece.bpm, velocity / 100), start, 0);
  }
  for (const { start, drum, loudness } of drums) {
    add(playDrum(drum, loudness * 0.55, noise), start, drum === 'hat' ? 0.3 : 0);
  }
  await addPiano(left, right);
  return normalise(left, right);
}

async function addPiano(left: Float32Array, right: Float32Array): Promise<void> {
  const notes = piano
    .map(({ start, length, pitch, velocity }) => ({
      start: secondsOf(start),
      end: secondsOf(start + length),
      pitch,
      velocity,
    }))
    .sort((x, y) => x.start - y.start || x.pitch - y.pitch);
  const font = await readPiano(findPianoDir());
  let at = 0;
  for await (const [l, r] of renderPiano(font, notes, { cents: 0, seconds: pieceSeconds })) {
    for (let i = 0; i < l.length && at + i < left.length; i++) {
      left[at + i] += 1.1 * l[i];
      right[at + i] += 0.9 * r[i];
    }
    at += l.length;
  }
}

/** To a peak of −1.5 dB, with a fade at the end. */
function normalise(left: Float32Array, right: Float32Array): [Float32Array, Float32Array] {
  const fade = Math.round(1.5 * OUTPUT_RATE);
  let peak = 0;
  for (const side of [left, right]) {
    for (let i = 0; i < fade; i++) side[side.length - fade + i] *= 1 - i / fade;
    for (const sample of side) peak = Math.max(peak, Math.abs(sample));
  }
  const gain = 0.84 / peak;
  return [left.map((sample) => sample * gain), right.map((sample) => sample * gain)];
}
