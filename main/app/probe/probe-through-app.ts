import type { Probe, ProbeAnswer } from '../../engine/transcription/devices.ts';
import { type ProbeRequest, probeReplySchema } from './probe-messages.ts';

/** Has devices tried by the app. Runs in the engine's utility process; the app keeps the time limit. */
export function probeThroughApp(parent: Electron.ParentPort): Probe {
  const waiting = new Map<number, (answer: ProbeAnswer) => void>();
  let next = 0;
  parent.on('message', ({ data }) => {
    const reply = probeReplySchema.safeParse(data);
    if (!reply.success) return;
    waiting.get(reply.data.id)?.(reply.data.answer);
    waiting.delete(reply.data.id);
  });
  return (device, weightsDir) =>
    new Promise((resolve) => {
      const request: ProbeRequest = { type: 'probe-wanted', id: next++, device, weightsDir };
      waiting.set(request.id, resolve);
      parent.postMessage(request);
    });
}
