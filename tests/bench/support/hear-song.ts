import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { uniform } from '../../../main/engine/arranger/random.ts';
import { loadBasicPitch } from '../../../main/engine/transcription/basic-pitch.ts';
import { type Evidence, SAMPLE_RATE } from '../../../main/engine/transcription/evidence.ts';
import { decodeEvidence, encodeEvidence } from '../../../main/engine/transcription/evidence-file.ts';
import { transcribe } from '../../../main/engine/transcription/transcribe.ts';
import { readWeights } from '../../../main/engine/weights.ts';
import type { PlayedNote, SongFixture } from '../../unit/arranger/support/song-fixture.ts';

/**
 * What the transcriber hears of a song rendered plainly: a voice with vibrato for the melody, plucked strings for the
 * accompaniment, drums on the beats. Far from a record, yet the network's own errors. Kept in the temporary folder.
 */
export async function hearSong(song: SongFixture, name: string): Promise<Evidence> {
  const file = path.join(os.tmpdir(), `songleaf-bench-${name}.evidence`);
  if (existsSync(file)) return decodeEvidence(readFileSync(file), file);
  const network = await loadBasicPitch(await readWeights('models/weights', 'basic-pitch'), 'cpu');
  const audio = render(song);
  async function* blocks() {
    for (let at = 0; at < audio.length; at += SAMPLE_RATE) yield audio.subarray(at, at + SAMPLE_RATE);
  }
  const evidence = await transcribe(blocks(), network);
  writeFileSync(file, encodeEvidence(evidence));
  return evidence;
}

function render(song: SongFixture): Float32Array {
  const audio = new Float32Array(Math.ceil((song.beats.at(-1)! + 3) * SAMPLE_RATE));
  for (const note of song.accompaniment)
    addTone(audio, note, { decay: 1.6, partials: 7, vibrato: 0, gain: 0.05 });
  for (const note of song.melody) addTone(audio, note, { decay: 9, partials: 9, vibrato: 0.006, gain: 0.08 });
  song.beats.forEach((time, i) => {
    const position = (song.firstPosition - 1 + i) % song.beatsPerBar;
    if (position % 2 === 0) addKick(audio, time);
    else addNoise(audio, time, 0.12, 0.1, i);
    addNoise(audio, time + (song.beats[i + 1] - time || 0.5) / 2, 0.03, 0.05, i + 5000);
  });
  return audio;
}

interface Timbre {
  /** Seconds to fall to 1/e. */
  decay: number;
  partials: number;
  /** Share of the frequency. */
  vibrato: number;
  gain: number;
}

function addTone(audio: Float32Array, [start, end, pitch, velocity]: PlayedNote, timbre: Timbre): void {
  const hz = 440 * 2 ** ((pitch - 69) / 12);
  const first = Math.round(start * SAMPLE_RATE);
  const last = Math.min(audio.length, Math.round((end + 0.08) * SAMPLE_RATE));
  for (let partial = 1; partial <= timbre.partials && partial * hz < 9000; partial++) {
    const gain = (timbre.gain * velocity) / 100 / partial ** 1.1;
    let phase = partial * pitch;
    for (let i = first; i < last; i++) {
      const t = (i - first) / SAMPLE_RATE;
      const bend = 1 + timbre.vibrato * Math.sin(2 * Math.PI * 5.5 * t) * Math.min(1, 4 * t);
      phase += (2 * Math.PI * hz * partial * bend) / SAMPLE_RATE;
      const attack = Math.min(1, t / (timbre.vibrato > 0 ? 0.04 : 0.004));
      const release = Math.min(1, (last - i) / SAMPLE_RATE / 0.06);
      audio[i] += gain * attack * release * Math.exp((-t * partial ** 0.4) / timbre.decay) * Math.sin(phase);
    }
  }
}

function addKick(audio: Float32Array, time: number): void {
  const first = Math.round(time * SAMPLE_RATE);
  for (let i = 0; i < 0.15 * SAMPLE_RATE && first + i < audio.length; i++) {
    const t = i / SAMPLE_RATE;
    audio[first + i] +=
      0.25 * Math.exp(-t / 0.05) * Math.sin(2 * Math.PI * (50 * t + 3 * (1 - Math.exp(-t / 0.02))));
  }
}

function addNoise(audio: Float32Array, time: number, seconds: number, gain: number, seed: number): void {
  const first = Math.round(time * SAMPLE_RATE);
  for (let i = 0; i < seconds * SAMPLE_RATE && first + i < audio.length; i++) {
    const fade = Math.exp((-4 * i) / (seconds * SAMPLE_RATE));
    audio[first + i] += gain * fade * (2 * uniform(seed, i) - 1);
  }
}
