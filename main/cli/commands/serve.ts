import { fileURLToPath } from 'node:url';
import type { DeviceChoice } from '../../engine/transcription/devices.ts';
import { serve } from '../serve.ts';

export interface ServeFlags {
  library: string;
  device: DeviceChoice;
  port: number;
  open?: boolean;
}

/** `songleaf serve`: the window in a browser, until interrupted. */
export async function serveCommand(flags: ServeFlags, signal: AbortSignal): Promise<void> {
  const served = await serve({
    libraryDir: flags.library,
    device: flags.device,
    port: flags.port,
    open: flags.open ?? false,
    // Built, this file is out/main/cli.js (or a chunk below it); the window is out/renderer.
    rendererDir: findRenderer(),
  });
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await served.close();
}

function findRenderer(): string {
  const here = fileURLToPath(import.meta.url);
  const out = here.lastIndexOf('/out/main/') >= 0 ? here.slice(0, here.lastIndexOf('/out/main/')) : null;
  return out === null
    ? fileURLToPath(new URL('../../../out/renderer', import.meta.url))
    : `${out}/out/renderer`;
}
