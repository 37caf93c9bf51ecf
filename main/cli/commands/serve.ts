import { existsSync } from 'node:fs';
import path from 'node:path';
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
    rendererDir: findRenderer(),
  });
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await served.close();
}

/** The built window: beside the built program (`build/main/…`), or in the source's `build` where this runs from source. */
function findRenderer(): string {
  const here = path.dirname(fileURLToPath(import.meta.url));
  for (let folder = here; ; folder = path.dirname(folder)) {
    if (path.basename(folder) === 'main') {
      const places = [path.join(folder, '..', 'renderer'), path.join(folder, '..', 'build', 'renderer')];
      // The source has a folder of that name as well; only a build has the page with its scripts beside it.
      const built = places.find((place) => existsSync(path.join(place, 'assets')));
      if (built) return built;
    }
    if (path.dirname(folder) === folder) return path.join(here, '..', 'renderer');
  }
}
