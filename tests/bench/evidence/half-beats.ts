import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type BarPosition, findBeatGrid } from '../../../main/engine/analysis/beats.ts';
import { HARMONY_VALUES, layOutHalves } from '../../../main/engine/analysis/chords/harmony-rows.ts';
import { hearHalves } from '../../../main/engine/analysis/chords/heard.ts';
import { hearPulse } from '../../../main/engine/analysis/hear-pulse.ts';
import { findWeightsDir } from '../../../main/engine/places.ts';
import { FRAME_RATE, frameToSeconds } from '../../../main/engine/transcription/evidence.ts';
import { decodeEvidence } from '../../../main/engine/transcription/evidence-file.ts';
import { loadNetwork } from '../../../main/engine/transcription/network.ts';

/**
 * `node half-beats.ts FILE.evidence …` writes FILE.true.halves and FILE.found.halves beside each that has FILE.json: what
 * the harmony network is given of each half beat, on the true beats and on those that Songleaf finds (where BeatNet has
 * listened), with the seconds of its start and end after it; float32. `models/songleaf_models/harmony` learns from them. What is there is kept.
 */
interface Grid {
  frames: number[];
  bars: BarPosition[];
}

interface Truth {
  beats: [time: number, position: number][];
}

function layOut(evidence: Parameters<typeof layOutHalves>[0], grid: Grid): Float32Array {
  const rows = layOutHalves(evidence, hearHalves(evidence, grid.frames), grid);
  const width = HARMONY_VALUES + 2;
  const out = new Float32Array((rows.length / HARMONY_VALUES) * width);
  for (let half = 0; half * width < out.length; half++) {
    out.set(rows.subarray(half * HARMONY_VALUES, (half + 1) * HARMONY_VALUES), half * width);
    const beat = half >> 1;
    const [from, to] = [grid.frames[beat], grid.frames[beat + 1]];
    const middle = (from + to) / 2;
    const span = half % 2 === 0 ? [from, middle] : [middle, to];
    out.set(span.map(frameToSeconds), (half + 1) * width - 2);
  }
  return out;
}

/** Beats of the truth, the last one as long as that before it. */
function readGrid({ beats }: Truth): Grid {
  const times = beats.map(([time]) => time);
  times.push(2 * times[times.length - 1] - times[times.length - 2]);
  const starts = beats.flatMap(([, position], i) => (position === 1 ? [i] : []));
  const bars = beats.map(([, position], i) => {
    const start = starts.findLast((at) => at <= i) ?? (starts[0] ?? 0) - 4;
    const next = starts.find((at) => at > i) ?? start + 4;
    return { position, beats: Math.max(position, next - start), confidence: 1 };
  });
  return { frames: times.map((time) => time * FRAME_RATE), bars };
}

function write(file: string, values: Float32Array): void {
  writeFileSync(`${file}.tmp`, Buffer.from(values.buffer));
  renameSync(`${file}.tmp`, file);
}

const pulse = await loadNetwork('pulse', { weightsDir: findWeightsDir(), threads: 1 });
for (const file of process.argv.slice(2)) {
  const base = path.join(path.dirname(file), path.basename(file, '.evidence'));
  if (!existsSync(`${base}.json`) || existsSync(`${base}.true.halves`)) continue;
  const evidence = decodeEvidence(readFileSync(file), file);
  const truth = JSON.parse(readFileSync(`${base}.json`, 'utf8')) as Truth;
  if (evidence.beatFrames > 0) {
    const found = findBeatGrid(evidence, await hearPulse(evidence, pulse));
    write(`${base}.found.halves`, layOut(evidence, found));
  }
  write(`${base}.true.halves`, layOut(evidence, readGrid(truth)));
}
await pulse.release();
