import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as z from 'zod';
import { type Device, type DeviceChoice, deviceChoices, devices } from '../../contract/devices.ts';
import { SongleafError } from '../../contract/errors.ts';

export { type Device, type DeviceChoice, deviceChoices, devices };

/** A provider that hangs (a driver that waits for a display, say) is given up after this. */
const PROBE_LIMIT_MS = 30_000;

export const probeAnswerSchema = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), seconds: z.number(), difference: z.number() }),
  z.strictObject({ ok: z.literal(false), reason: z.string() }),
]);
export type ProbeAnswer = z.infer<typeof probeAnswerSchema>;

/** Tries a device somewhere it can crash without harm. */
export type Probe = (device: Device, weightsDir: string) => Promise<ProbeAnswer>;

export interface ChosenDevice {
  device: Device;
  /** Why it is not a faster one, one sentence per device that was tried. */
  tried: string[];
}

/** The CUDA provider's library is not in the npm package; it stands beside the runtime once added (README). */
function hasCudaLibrary(): boolean {
  try {
    const entry = createRequire(import.meta.url).resolve('onnxruntime-node/package.json');
    const folder = path.join(path.dirname(entry), 'bin', 'napi-v6', 'linux', 'x64');
    return existsSync(path.join(folder, 'libonnxruntime_providers_cuda.so'));
  } catch {
    // Bundled without the package: then there is no CUDA library either.
    return false;
  }
}

/** Devices worth trying on this machine, best first, `cpu` always last. */
export function listCandidates(
  platform: NodeJS.Platform = process.platform,
  arch: string = process.arch,
  cuda: boolean = platform === 'linux' && hasCudaLibrary(),
): Device[] {
  if (platform === 'darwin' && arch === 'arm64') return ['coreml', 'cpu'];
  if (platform === 'win32') return ['dml', 'cpu'];
  if (platform === 'linux' && arch === 'x64' && cuda) return ['cuda', 'cpu'];
  return ['cpu'];
}

/**
 * Chooses where the networks run. `auto` tries the candidates one at a time, each in a process of its own;
 * naming a device tries that one only.
 * @throws SongleafError `device-unavailable` when a named device does not work
 */
export async function chooseDevice(
  choice: DeviceChoice,
  weightsDir: string,
  probe: Probe = probeInChild,
  candidates: Device[] = listCandidates(),
): Promise<ChosenDevice> {
  if (choice === 'cpu') return { device: 'cpu', tried: [] };
  const tried: string[] = [];
  for (const device of choice === 'auto' ? candidates : [choice]) {
    if (device === 'cpu') return { device, tried };
    const answer = await probe(device, weightsDir);
    if (answer.ok && answer.difference <= 1e-3) return { device, tried };
    tried.push(
      answer.ok
        ? `${device}: its results differ from the CPU's by ${answer.difference.toPrecision(2)}.`
        : `${device}: ${answer.reason}`,
    );
  }
  throw new SongleafError(
    'device-unavailable',
    `The device ${choice} does not work here. ${tried.join(' ')}`,
    'Choose "Automatic" in the settings (or --device auto), or the processor (--device cpu).',
  );
}

/** The probe stands beside this file in the source, and beside it or one folder up in a build. */
function findProbeScript(): URL {
  const places = ['./probe.ts', './probe.js', '../probe.js'].map((place) => new URL(place, import.meta.url));
  const found = places.find((place) => existsSync(place));
  if (!found) throw new Error('The build lacks probe.js.');
  return found;
}

/** Runs `probe.ts` in a child process with a time limit. Not for Electron, where Node children are fused off. */
export async function probeInChild(device: Device, weightsDir: string): Promise<ProbeAnswer> {
  const child = fork(findProbeScript(), [device, weightsDir], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return await awaitProbe({
    onMessage: (listener) => child.once('message', listener),
    onError: (listener) => child.once('error', (error) => listener(error.message)),
    onExit: (listener) =>
      child.once('exit', (code, signal) => listener(`its process ended (${signal ?? `exit code ${code}`}).`)),
    kill: () => child.kill('SIGKILL'),
  });
}

/** A process that runs `probe.ts`, of whatever kind. */
export interface ProbeProcess {
  onMessage(listener: (message: unknown) => void): unknown;
  onError(listener: (reason: string) => void): unknown;
  onExit(listener: (reason: string) => void): unknown;
  kill(): unknown;
}

/** Waits for a probe's answer, at most as long as a device may take, and ends its process. */
export async function awaitProbe(child: ProbeProcess): Promise<ProbeAnswer> {
  return await new Promise((resolve) => {
    const settle = (answer: ProbeAnswer) => {
      clearTimeout(timer);
      resolve(answer);
    };
    const timer = setTimeout(() => {
      settle({ ok: false, reason: `no answer within ${PROBE_LIMIT_MS / 1000} s.` });
      child.kill();
    }, PROBE_LIMIT_MS);
    child.onMessage((message) => {
      const answer = probeAnswerSchema.safeParse(message);
      settle(answer.success ? answer.data : { ok: false, reason: 'it gave no sound answer.' });
      child.kill();
    });
    child.onError((reason) => settle({ ok: false, reason }));
    child.onExit((reason) => settle({ ok: false, reason }));
  });
}
