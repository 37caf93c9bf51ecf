import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { EngineChild } from '../../shell/engine-host.ts';

/** The engine's process beside the built terminal program (which may lie in a chunk below it), or in the source. */
const entries = ['engine-process.js', '../engine-process.js', '../../app/engine-process.ts'];

/** Starts the engine in a child process, so that heavy work does not keep the page waiting. */
export function forkEngine(libraryDir: string, device: string | undefined): EngineChild {
  const entry = entries.map((file) => path.join(import.meta.dirname, file)).find((file) => existsSync(file));
  if (entry === undefined) throw new Error(`The engine is not beside ${import.meta.dirname}.`);
  const child = fork(entry, [libraryDir, device ?? ''], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  // A message to a process that has just died: its exit follows and says so.
  child.on('error', (error) => process.stderr.write(`Engine: ${error.message}\n`));
  return {
    postMessage: (message) => void (child.connected && child.send(message as object)),
    onMessage: (listener) => void child.on('message', listener),
    onExit(listener) {
      child.on('exit', listener);
      // Without an id it was never started, and there is no exit to come.
      child.on('error', () => {
        if (child.pid === undefined) listener(null);
      });
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
