import path from 'node:path';
import { SongleafError } from '../contract/errors.ts';
import { resolveAsset } from '../shell/assets.ts';
import { EngineHost } from '../shell/engine-host.ts';
import { forkEngine } from './serve/fork-engine.ts';
import { openBrowser } from './serve/open-browser.ts';
import { startServer, type WindowServer } from './serve/server.ts';

export interface ServeOptions {
  libraryDir: string;
  device?: string;
  /** Any free port where left out or 0. */
  port?: number;
  /** Opens the person's browser. */
  open?: boolean;
  /** The built window (`build/renderer`). */
  rendererDir: string;
}

export interface Served {
  /** Address with a token that works once. */
  url: string;
  close(): Promise<void>;
}

/**
 * Serves the window to a browser on this computer and prints its address.
 * @throws SongleafError `file-not-found` where the window was not built; what the engine reports on opening its
 * library; `bad-request` where the port is taken.
 */
export async function serve(options: ServeOptions): Promise<Served> {
  const rendererDir = path.resolve(options.rendererDir);
  const libraryDir = path.resolve(options.libraryDir);
  if ((await resolveAsset(rendererDir, '/')) === null) {
    throw new SongleafError(
      'file-not-found',
      `The window is not in ${rendererDir}.`,
      'Build it: npm run build',
    );
  }
  let server: WindowServer | null = null;
  const engine = new EngineHost({
    fork: () => forkEngine(libraryDir, options.device),
    onEvent: (event) => server?.tell(event),
  });
  try {
    // Opens the library, so that what is wrong with it is told here and not in the browser.
    await engine.call('songs.list', {});
    const started = await startServer({ engine, libraryDir, rendererDir, port: options.port ?? 0 });
    server = started;
    process.stdout.write(`Songleaf is open for one browser on this computer at ${started.url}\n`);
    if (options.open === true && !(await openBrowser(started.url))) {
      process.stdout.write('No browser could be opened from here: copy the address into one.\n');
    }
    return {
      url: started.url,
      async close() {
        await started.close();
        await engine.close();
      },
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}
