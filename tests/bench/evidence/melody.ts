/**
 * The melody of songs whose truth is known, from saved evidence: `melody.ts FOLDER [--hide-voice] [--true-beats]
 * [--weights DIR] [--each]`, FOLDER holding NAME.evidence and NAME.json (`models/songleaf_models/truth.py`). Prints
 * Markdown: all songs, then those mostly sung and mostly played. Beside the engine's line stand the voice's pitch alone
 * (SwiftF0 on the separated voice) and the strongest contour of each frame.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findBeatGrid } from '../../../main/engine/analysis/beats.ts';
import { hearPulse } from '../../../main/engine/analysis/hear-pulse.ts';
import { findMelody } from '../../../main/engine/analysis/melody.ts';
import { listenForMelody } from '../../../main/engine/analysis/melody-listener.ts';
import { findWeightsDir } from '../../../main/engine/places.ts';
import {
  BINS_PER_SEMITONE,
  CONTOUR_BINS,
  type Evidence,
  FRAME_RATE,
  frameToSeconds,
  LOWEST_PITCH,
  VOICE_HOP_SECONDS,
  VOICE_LOWEST_PITCH,
  VOICE_STEPS,
  VOICE_VALUES,
} from '../../../main/engine/transcription/evidence.ts';
import { decodeEvidence } from '../../../main/engine/transcription/evidence-file.ts';
import { loadNetwork } from '../../../main/engine/transcription/network.ts';
import { type LineNote, type MelodyScore, scoreMelody } from '../support/melody-metrics.ts';

interface Truth {
  duration: number;
  beats: [number, number][];
  metres: [number, number, 'quarter' | 'dotted-quarter'][];
  melody: [number, number, number, number][];
  sung: [number, number, string][];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'hide-voice': { type: 'boolean', default: false },
    'true-beats': { type: 'boolean', default: false },
    each: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    weights: { type: 'string', default: '' },
  },
});
const [folder] = positionals;
const network = await loadNetwork('melody', { weightsDir: values.weights || findWeightsDir(), threads: 1 });
const beatNetwork = await loadNetwork('pulse', { weightsDir: findWeightsDir(), threads: 1 });
const methods = ['Songleaf', 'voice alone', 'strongest contour'] as const;
const rows: { name: string; sung: number; sourceRight: number; scores: Record<string, MelodyScore> }[] = [];
let cpu = 0;
let minutes = 0;
for (const file of readdirSync(folder)
  .filter((name) => name.endsWith('.evidence'))
  .toSorted()) {
  const name = file.replace(/\.evidence$/, '');
  // `--only 3`: songs whose number leaves 3 when divided by 20.
  if (values.only && Number(/\d+/.exec(name)?.[0]) % 20 !== Number(values.only)) continue;
  const truth: Truth = JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8'));
  const evidence = decodeEvidence(readFileSync(path.join(folder, file)), file);
  if (values['hide-voice']) Object.assign(evidence, { voiceFrames: 0, voice: new Uint8Array(0) });
  const before = process.cpuUsage();
  const heard = await listenForMelody(evidence, network);
  const grid = values['true-beats']
    ? trueGrid(truth)
    : findBeatGrid(evidence, await hearPulse(evidence, beatNetwork));
  const notes = findMelody(heard, grid.frames, grid.unit);
  const { user, system } = process.cpuUsage(before);
  cpu += (user + system) / 1e6;
  minutes += evidence.frames / FRAME_RATE / 60;
  const secondsAt = (tick: number) => {
    const beat = Math.min(Math.floor(tick / 48), grid.frames.length - 2);
    const length = grid.frames[beat + 1] - grid.frames[beat];
    return frameToSeconds(grid.frames[beat] + (length * (tick - 48 * beat)) / 48);
  };
  const line = notes.map((note) => ({
    start: secondsAt(note.start),
    end: secondsAt(note.start + note.duration),
    pitch: note.pitch,
    source: note.source,
  }));
  const reference = truth.melody.map(([start, end, pitch]) => ({ start, end, pitch }));
  const isSung = (time: number) => truth.sung.some(([start, end]) => start <= time && time < end);
  const long = reference.reduce((sum, note) => sum + note.end - note.start, 0);
  const singing = reference.reduce(
    (sum, note) => sum + (isSung((note.start + note.end) / 2) ? note.end - note.start : 0),
    0,
  );
  // Of the time in which the line is right, how much has the right source.
  let [right, known] = [0, 0];
  for (const note of line) {
    const middle = (note.start + note.end) / 2;
    if (!reference.some((other) => other.start <= middle && middle < other.end && other.pitch === note.pitch))
      continue;
    known += note.end - note.start;
    if (isSung(middle) === (note.source === 'sung')) right += note.end - note.start;
  }
  rows.push({
    name,
    sung: singing / Math.max(0.01, long),
    sourceRight: known > 0 ? right / known : Number.NaN,
    scores: {
      Songleaf: scoreMelody(reference, line, truth.duration),
      'voice alone': scoreMelody(reference, voiceLine(evidence), truth.duration),
      'strongest contour': scoreMelody(reference, contourLine(evidence), truth.duration),
    },
  });
}
await network.release();
await beatNetwork.release();

const groups: [string, typeof rows][] = [
  ['all', rows],
  ['mostly sung', rows.filter((row) => row.sung >= 0.5)],
  ['mostly played', rows.filter((row) => row.sung < 0.5)],
];
console.log(
  '| songs | n | line | chroma | raw pitch | false alarm | invented | voicing | note F | source right |',
);
console.log('|---|---|---|---|---|---|---|---|---|---|');
for (const [name, group] of groups) {
  if (group.length === 0) continue;
  for (const method of methods) {
    const mean = (field: keyof MelodyScore) =>
      (group.reduce((sum, row) => sum + row.scores[method][field], 0) / group.length).toFixed(3);
    const told = group.filter((row) => !Number.isNaN(row.sourceRight));
    const source = told.reduce((sum, row) => sum + row.sourceRight, 0) / told.length;
    console.log(
      `| ${name} | ${group.length} | ${method} | ${mean('chroma')} | ${mean('raw')} | ${mean('alarm')} | ` +
        `${mean('invented')} | ${mean('voicing')} | ${mean('noteF')} | ${method === 'Songleaf' ? source.toFixed(3) : ''} |`,
    );
  }
}
if (values.each) {
  for (const { name, sung, scores } of rows) {
    const { chroma, raw, alarm, noteF } = scores.Songleaf;
    console.log(
      `${name} sung ${sung.toFixed(2)} chroma ${chroma.toFixed(3)} raw ${raw.toFixed(3)} alarm ${alarm.toFixed(3)} ` +
        `note F ${noteF.toFixed(3)} voice ${scores['voice alone'].chroma.toFixed(3)}`,
    );
  }
}
console.log(`CPU ${(cpu / minutes).toFixed(3)} s a minute of audio (beats and melody)`);

/** Beats of the truth in frames, laid out as the engine's. */
function trueGrid(truth: Truth): { frames: number[]; unit: 'quarter' | 'dotted-quarter' } {
  const frames = truth.beats.map(([time]) => time * FRAME_RATE);
  frames.push(2 * frames[frames.length - 1] - frames[frames.length - 2]);
  return { frames, unit: truth.metres[0]?.[2] ?? 'quarter' };
}

/** SwiftF0's pitch where it is sure: the semitone nearest to each frame's. */
function voiceLine(evidence: Evidence): LineNote[] {
  const line: LineNote[] = [];
  for (let t = 0; t < evidence.voiceFrames; t++) {
    const [step, confidence] = evidence.voice.subarray(t * VOICE_VALUES, t * VOICE_VALUES + 2);
    if (step === 0 || confidence < 0.5 * 255) continue;
    const pitch = Math.round(VOICE_LOWEST_PITCH + (step - 1) / VOICE_STEPS);
    extend(line, pitch, (t - 0.5) * VOICE_HOP_SECONDS, (t + 0.5) * VOICE_HOP_SECONDS);
  }
  return line;
}

/** The strongest contour of each frame between A2 and F#6, where it is half sure. */
function contourLine(evidence: Evidence): LineNote[] {
  const line: LineNote[] = [];
  const [low, high] = [45, 91].map((pitch) => (pitch - LOWEST_PITCH) * BINS_PER_SEMITONE);
  for (let t = 0; t < evidence.frames; t++) {
    let top = low;
    for (let bin = low; bin < high; bin++) {
      if (evidence.contour[t * CONTOUR_BINS + bin] > evidence.contour[t * CONTOUR_BINS + top]) top = bin;
    }
    if (evidence.contour[t * CONTOUR_BINS + top] < 0.5 * 255) continue;
    extend(
      line,
      LOWEST_PITCH + Math.floor(top / BINS_PER_SEMITONE),
      frameToSeconds(t - 0.5),
      frameToSeconds(t + 0.5),
    );
  }
  return line;
}

function extend(line: LineNote[], pitch: number, start: number, end: number): void {
  const last = line.at(-1);
  if (last && last.pitch === pitch && start - last.end < 1e-6) last.end = end;
  else line.push({ start, end, pitch });
}
