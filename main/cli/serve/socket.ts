import type { RawData, WebSocket } from 'ws';
import { SongleafError } from '../../contract/errors.ts';
import { type RelayedEngine, relay } from '../../shell/dispatch.ts';
import { type Reply, type Response, requestSchema } from '../../shell/wire.ts';

/** Bytes of one message from the page. The largest, `takes.select` of ten thousand takes, has 670 KB. */
export const MAX_MESSAGE = 1024 ** 2;

function refusal(message: string): Reply {
  const error = new SongleafError('bad-request', message, 'Reload the page.');
  return { ok: false, error: error.report() };
}

/** Answers one message of a page. A message that is no request is answered as well, with `id` null. Never rejects. */
export async function answerMessage(
  engine: RelayedEngine,
  data: RawData,
  binary: boolean,
): Promise<Response> {
  if (binary || !Buffer.isBuffer(data)) return { id: null, reply: refusal('A request has to be text.') };
  let message: unknown;
  try {
    message = JSON.parse(data.toString('utf8'));
  } catch {
    return { id: null, reply: refusal('A request has to be JSON.') };
  }
  const request = requestSchema.safeParse(message);
  if (!request.success)
    return { id: null, reply: refusal('A request has to have an id, a name and an input.') };
  const { id, name, input } = request.data;
  return { id, reply: await relay(engine, name, input) };
}

/** Serves one page until it closes its socket. */
export function answerSocket(engine: RelayedEngine, socket: WebSocket): void {
  socket.on('message', async (data, binary) => {
    const response = await answerMessage(engine, data, binary);
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(response));
  });
  // An oversized or malformed frame: `ws` closes the socket with the matching code by itself.
  socket.on('error', () => socket.terminate());
}
