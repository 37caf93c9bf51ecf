import { utilityProcess } from 'electron';
import type { EngineChild } from '../shell/engine-host.ts';
import type { DecoderWindows } from './decoder/decoder-windows.ts';
import { answerProbe } from './probe/answer-probe.ts';

export interface ForkOptions {
  /** The built `engine-process.js`. */
  entry: string;
  /** The built `probe.js`. */
  probe: string;
  libraryDir: string;
  device?: string;
  decoders: DecoderWindows;
}

/** Starts the engine in a utility process of Electron. */
export function forkEngine(options: ForkOptions): EngineChild {
  const child = utilityProcess.fork(options.entry, [options.libraryDir, options.device ?? ''], {
    serviceName: 'Songleaf engine',
    stdio: 'inherit',
  });
  // Told before the exit, which is what the host acts on; without a listener it would end the app as well.
  child.on('error', (type, location) => process.stderr.write(`Engine: ${type} at ${location}\n`));
  child.on('exit', () => options.decoders.close());
  return {
    postMessage: (message) => child.postMessage(message),
    onMessage(listener) {
      child.on('message', (message: unknown) => {
        if (options.decoders.answer(child, message)) return;
        if (answerProbe(child, message, options.probe)) return;
        listener(message);
      });
    },
    onExit: (listener) => child.on('exit', listener),
    kill: () => child.kill(),
  };
}
