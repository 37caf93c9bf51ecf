/**
 * The beat stage alone, on what was heard before: `node tests/bench/evidence/beat-stage.ts FOLDER [FILTER] [--quiet] [--alone]`,
 * FOLDER with NAME.evidence and NAME.json (the truth, `models/songleaf_models/truth.py`). Prints a Markdown table;
 * F-measures at 70 ms. `--alone`: BeatNet without the offline network.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type BeatGrid, findBeatGrid } from '../../../main/engine/analysis/beats.ts';
import { hearPulse } from '../../../main/engine/analysis/hear-pulse.ts';
import { findWeightsDir } from '../../../main/engine/places.ts';
import { decodeEvidence } from '../../../main/engine/transcription/evidence-file.ts';
import { loadNetwork } from '../../../main/engine/transcription/network.ts';
import { beatF, listOctaves } from '../support/beat-metrics.ts';

interface Truth {
  beats: [number, number][];
  metres: [number, number, string][];
}

const flags = new Set(process.argv.filter((argument) => argument.startsWith('--')));
const quiet = flags.has('--quiet');
const [folder, filter = ''] = process.argv.slice(2).filter((argument) => !flags.has(argument));
const network = flags.has('--alone')
  ? null
  : await loadNetwork('pulse', { weightsDir: findWeightsDir(), threads: 1 });
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.evidence') && file.includes(filter))
  .map((file) => file.slice(0, -'.evidence'.length))
  .toSorted();
const heads = ['beat F', 'best octave', 'downbeat F', 'best shift'];
if (!quiet)
  console.log(
    `| song | true | found | true metre | found metre | ${heads.join(' | ')} | readings |\n|${'---|'.repeat(10)}`,
  );
const rows: number[][] = [];
let seconds = 0;
for (const name of names) {
  const file = path.join(folder, name);
  const evidence = decodeEvidence(readFileSync(`${file}.evidence`), name);
  const truth = JSON.parse(readFileSync(`${file}.json`, 'utf8')) as Truth;
  const start = process.cpuUsage();
  const grid = findBeatGrid(evidence, network && (await hearPulse(evidence, network)));
  const used = process.cpuUsage(start);
  seconds += (used.user + used.system) / 1e6;
  const scores = score(truth, grid);
  rows.push(scores);
  const times = truth.beats.map(([time]) => time);
  const bpm = (60 * (times.length - 1)) / (times[times.length - 1] - times[0]);
  const readings = grid.readings.map((r) => `${r.change} ${r.beats}: ${r.likelihood}`).slice(0, 2);
  if (!quiet) {
    console.log(
      `| ${name} | ${bpm.toFixed(1)} | ${grid.bpm} | ${metres(truth.metres.map(([, beats, unit]) => ({ beats, unit })))} | ${metres(grid.metres)} | ${scores.map((s) => s.toFixed(3)).join(' | ')} | ${readings.join(', ')} |`,
    );
  }
}
const means = heads.map((_, i) => rows.reduce((sum, row) => sum + row[i], 0) / rows.length);
console.log(
  `| mean of ${rows.length} (${(seconds / rows.length).toFixed(2)} s) | | | | | ${means.map((s) => s.toFixed(3)).join(' | ')} | |`,
);

function score(truth: Truth, grid: BeatGrid): number[] {
  const found = grid.beats.map((beat) => beat.time);
  // Charts tick on through silence before and after the music.
  const inside = ([time]: readonly [number, number]) =>
    time > found[0] - 0.3 && time < found[found.length - 1] + 0.3;
  const all = truth.beats.filter(inside);
  const beats = all.map(([time]) => time);
  const downbeats = all.filter(([, position]) => position === 1).map(([time]) => time);
  const bars = [0, 1, 2, 3].map((shift) =>
    grid.beats.filter((_, i) => grid.beats[i - shift]?.position === 1).map((beat) => beat.time),
  );
  return [
    beatF(beats, found),
    Math.max(...Object.values(listOctaves(found)).map((octave) => beatF(beats, octave))),
    beatF(downbeats, bars[0]),
    Math.max(...bars.map((bar) => beatF(downbeats, bar))),
  ];
}

function metres(list: readonly { beats: number; unit: string }[]): string {
  return list.map(({ beats, unit }) => `${beats}${unit === 'quarter' ? '' : '.'}`).join(' ');
}
