/**
 * Entry of the process that tries one execution provider: runs the transcriber once there and once on the CPU, and
 * answers with the time and the largest difference. It may crash or hang; its parent survives.
 */
import { readWeights } from '../weights.ts';
import { loadBasicPitch, WINDOW_SAMPLES } from './basic-pitch.ts';
import { type Device, devices, type ProbeAnswer } from './devices.ts';

/** A chord with a beating partial: gives posteriors of every size, and the same ones each time. */
function makeTestSignal(): Float32Array {
  const hz = [110, 138.6, 164.8, 440, 443];
  return Float32Array.from({ length: WINDOW_SAMPLES }, (_, i) =>
    hz.reduce((sum, f) => sum + 0.15 * Math.sin((2 * Math.PI * f * i) / 22_050), 0),
  );
}

async function tryDevice(device: Device, weightsDir: string): Promise<ProbeAnswer> {
  try {
    const weights = await readWeights(weightsDir, 'basic-pitch');
    const signal = makeTestSignal();
    const candidate = await loadBasicPitch(weights, device);
    await candidate.run(signal, 1);
    const start = performance.now();
    const there = await candidate.run(signal, 1);
    const seconds = (performance.now() - start) / 1000;
    const here = await (await loadBasicPitch(weights, 'cpu')).run(signal, 1);
    let difference = 0;
    for (const plane of ['onset', 'note', 'contour'] as const) {
      for (let i = 0; i < here[plane].length; i++) {
        difference = Math.max(difference, Math.abs(here[plane][i] - there[plane][i]));
      }
    }
    return { ok: true, seconds, difference };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

const [device, weightsDir] = process.argv.slice(2);
const known = devices.find((name) => name === device);
const answer: ProbeAnswer =
  known && weightsDir ? await tryDevice(known, weightsDir) : { ok: false, reason: 'Unknown device.' };
// A child process of Node is listened to over IPC, a utility process of Electron over its parent port; the parent ends it.
if (process.send) process.send(answer);
else (process as { parentPort?: { postMessage(message: unknown): void } }).parentPort?.postMessage(answer);
