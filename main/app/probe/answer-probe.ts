import { utilityProcess } from 'electron';
import { awaitProbe } from '../../engine/transcription/devices.ts';
import { type ProbeReply, probeRequestSchema } from './probe-messages.ts';

/**
 * Tries a device in a utility process of its own where `message` asks for that.
 * @param entry the built `probe.js`
 * @returns whether the message was one
 */
export function answerProbe(
  engine: { postMessage(message: unknown): void },
  message: unknown,
  entry: string,
): boolean {
  const request = probeRequestSchema.safeParse(message);
  if (!request.success) return false;
  const { id, device, weightsDir } = request.data;
  const child = utilityProcess.fork(entry, [device, weightsDir], {
    serviceName: 'Songleaf device test',
    stdio: 'ignore',
  });
  void awaitProbe({
    onMessage: (listener) => child.on('message', listener),
    // A crash counts as an exit; without a listener it would end the app as well.
    onError: (listener) => child.on('error', (type) => listener(`its process ended (${type}).`)),
    onExit: (listener) => child.on('exit', (code) => listener(`its process ended (exit code ${code}).`)),
    kill: () => child.kill(),
  }).then((answer) => {
    const reply: ProbeReply = { type: 'probe-done', id, answer };
    engine.postMessage(reply);
  });
  return true;
}
