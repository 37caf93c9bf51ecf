import { utilityProcess } from 'electron';
import type { EngineChild } from './engine-host.ts';

export interface ForkOptions {
  /** The built `engine-process.js`. */
  entry: string;
  libraryDir: string;
  device?: string;
  execArgv: string[];
}

/** Starts the engine in a utility process of Electron. */
export function forkEngine(options: ForkOptions): EngineChild {
  const child = utilityProcess.fork(options.entry, [options.libraryDir, options.device ?? ''], {
    execArgv: options.execArgv,
    serviceName: 'Songleaf engine',
    stdio: 'inherit',
  });
  // Told before the exit, which is what the host acts on; without a listener it would end the app as well.
  child.on('error', (type, location) => process.stderr.write(`Engine: ${type} at ${location}\n`));
  return {
    postMessage: (message) => child.postMessage(message),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.on('exit', listener),
    kill: () => child.kill(),
  };
}

/**
 * Extra arguments for the engine's Node in tests, from `SONGLEAF_TEST_EXEC_ARGV` (a JSON list of strings).
 * A packaged app never reads it: whoever sets the environment could otherwise run code of theirs inside.
 */
export function testExecArgv(packaged: boolean, value: string | undefined): string[] {
  if (packaged || value === undefined || value === '') return [];
  const parsed: unknown = JSON.parse(value);
  if (!Array.isArray(parsed) || !parsed.every((entry) => typeof entry === 'string')) {
    throw new Error('SONGLEAF_TEST_EXEC_ARGV has to be a JSON list of strings.');
  }
  return parsed;
}
