import type { App } from 'electron';
import type { EngineHost } from '../shell/engine-host.ts';
import type { AppWindows } from './app-windows.ts';
import { mayQuit, type RunningJobs } from './quit-question.ts';

interface Quitted {
  engine: EngineHost;
  running: RunningJobs;
  windows: AppWindows;
}

/** Quitting asks where work is under way, and waits for the engine to store it, once. */
export class Quitting {
  readonly #app: App;
  #closed = false;
  #closing = false;

  constructor(app: App, quitted: Quitted) {
    this.#app = app;
    app.on('before-quit', (event) => {
      if (this.#closed) return;
      event.preventDefault();
      if (this.#closing) return;
      this.#closing = true;
      void this.#close(quitted);
    });
  }

  /** Quits without any of that: nothing has been opened. */
  atOnce(): void {
    this.#closed = true;
    this.#app.quit();
  }

  async #close({ engine, running, windows }: Quitted): Promise<void> {
    if (running.any && !(await mayQuit(engine, windows.first, windows.words))) {
      this.#closing = false;
      return;
    }
    for (const window of windows.values()) window.hide();
    await engine.close();
    windows.quitting = true;
    this.atOnce();
  }
}
