import { type EngineCallsOptions, openEngineCalls } from '../engine/calls.ts';
import { answerEngine, type EnginePort } from './answer-engine.ts';

/**
 * The engine's own process: `engine-process.js LIBRARY_DIR [DEVICE]`. A song that brings the engine down takes
 * neither the window nor the library with it, and heavy work keeps neither waiting.
 * @param abilities what only the shell can do for the engine
 */
export function runEngine(
  port: EnginePort,
  abilities: Pick<EngineCallsOptions, 'decodeExternally' | 'probe'> = {},
): void {
  const [libraryDir, device] = process.argv.slice(2);
  if (libraryDir === undefined) throw new Error('The engine needs the folder of its library.');
  answerEngine(port, (emit, reopen) =>
    openEngineCalls({ ...abilities, libraryDir, ...(device ? { device } : {}), emit, reopen }),
  );
}

/** The channel of Node's child process. */
export function nodePort(): EnginePort {
  // Whoever started this has gone: what is under way is in the queue on the disk.
  process.on('disconnect', () => process.exit());
  // Ctrl-C in a terminal reaches every process of it; this one ends when it is told to.
  process.on('SIGINT', () => undefined);
  return {
    post: (message) => void (process.connected && process.send?.(message)),
    onMessage: (listener) => void process.on('message', listener),
    exit: (code) => {
      // Disconnecting waits for what was sent, `process.exit` would not.
      process.exitCode = code;
      if (process.connected) process.disconnect();
    },
  };
}
