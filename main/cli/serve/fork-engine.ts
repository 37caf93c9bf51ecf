import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { EngineChild } from '../../shell/engine-host.ts';

/** The engine's process beside the built terminal program (which may lie in a chunk below it), or in the source. */
const entries = ['engine-process.js', '../engine-process.js', '../../shell/engine-process.ts'];

/** Starts the engine in a child process, so that heavy work does not keep the page waiting. */
export function forkEngine(libraryDir: string, device: string | undefined): EngineChild {
  const entry = entries.map((file) => path.join(import.meta.dirname, file)).find((file) => existsSync(file));
  if (entry === undefined) throw new Error(`The engine is not beside ${import.meta.dirname}.`);
  const child = fork(entry, [libraryDir, device ?? ''], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return {
    postMessage: (message) => void (child.connected && child.send(message as object)),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', listener),
    kill: () => void child.kill('SIGKILL'),
  };
}
