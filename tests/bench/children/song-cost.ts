/**
 * Measures one song in a process of its own, so that peak memory is its own: `song-cost.ts FILE auto|always|never
 * [MODEL]`. Prints JSON.
 * CPU seconds are user + system of the whole process.
 */
import { arrangeSettingsSchema } from '../../../main/contract/arrangement.ts';
import { separateModeSchema } from '../../../main/contract/separation.ts';
import { Engine } from '../../../main/engine/engine.ts';
import { scoreOf } from '../../../main/engine/outputs.ts';
import { findWeightsDir } from '../../../main/engine/places.ts';
import {
  BATCH,
  loadBasicPitch,
  STEP_SAMPLES,
  WINDOW_SAMPLES,
} from '../../../main/engine/transcription/basic-pitch.ts';
import { readWeights } from '../../../main/engine/weights.ts';
import { readMono } from '../support/real-songs.ts';

export interface SongCost {
  seconds: number;
  /** CPU seconds. */
  basicPitch: number;
  /** Of `hear`: until provisional beats were there. */
  firstBeats: number;
  hear: number;
  analyse: number;
  /** Takes with their scores. */
  firstTake: number;
  furtherTake: number;
  /** Arranging alone: the first take, and the first four. */
  oneArranged: number;
  fourArranged: number;
  /** Seconds from file to first take on the clock. */
  wall: number;
  /** MB, of hearing, analysis and takes, without the comparison. */
  peak: number;
  notesPerSecond: number;
}

const [file, mode = 'never', model = 'songleaf'] = process.argv.slice(2);

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function measure<T>(work: () => Promise<T> | T): Promise<{ result: T; cpu: number }> {
  const before = cpuSeconds();
  const result = await work();
  return { result, cpu: cpuSeconds() - before };
}

const start = performance.now();
const engine = new Engine({ device: 'cpu' });
let firstBeats = 0;
const began = cpuSeconds();
const heard = await measure(() =>
  engine.hear(file, {
    separate: separateModeSchema.parse(mode),
    onBeats: () => {
      firstBeats = cpuSeconds() - began;
    },
  }),
);
const analysed = await measure(() => engine.analyse(heard.result));
const settings = arrangeSettingsSchema.parse({ model, seed: 1 });
const arranged: number[] = [];
const take = async (seed: number) => {
  const { result, cpu } = await measure(() =>
    engine.arrange(analysed.result, heard.result.evidence, { ...settings, seed }),
  );
  arranged.push(cpu);
  return { arrangement: result, score: scoreOf(result) };
};
const first = await measure(() => take(1));
const wall = (performance.now() - start) / 1000;
const further = await measure(() => take(2));
for (const seed of [3, 4]) await take(seed);
const peak = process.resourceUsage().maxRSS / 1000;

// The yardstick: the same network over the same decoded audio, and nothing else.
const audio = await readMono(file);
const network = await loadBasicPitch(await readWeights(findWeightsDir(), 'basic-pitch'), 'cpu');
const alone = await measure(async () => {
  const input = new Float32Array(BATCH * WINDOW_SAMPLES);
  for (let at = 0; at < audio.length; at += BATCH * STEP_SAMPLES) {
    const windows = Math.min(BATCH, Math.ceil((audio.length - at) / STEP_SAMPLES));
    input.fill(0);
    for (let w = 0; w < windows; w++) {
      input.set(audio.subarray(at + w * STEP_SAMPLES).subarray(0, WINDOW_SAMPLES), w * WINDOW_SAMPLES);
    }
    await network.run(input.subarray(0, windows * WINDOW_SAMPLES), windows);
  }
});
const cost: SongCost = {
  seconds: heard.result.song.duration,
  basicPitch: alone.cpu,
  firstBeats,
  hear: heard.cpu,
  analyse: analysed.cpu,
  firstTake: first.cpu,
  furtherTake: further.cpu,
  oneArranged: arranged[0],
  fourArranged: arranged.reduce((a, b) => a + b, 0),
  wall,
  peak,
  notesPerSecond: first.result.arrangement.notes.length / heard.result.song.duration,
};
process.stdout.write(`${JSON.stringify(cost)}\n`);
process.exit(0);
