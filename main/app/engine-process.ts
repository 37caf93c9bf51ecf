import { openEngineCalls } from '../engine/calls.ts';
import { answerEngine } from './answer-engine.ts';

/**
 * Entry of the engine's own process: `engine-process.js LIBRARY_DIR [DEVICE]`. A song that brings the engine down
 * takes neither the window nor the library with it.
 */
const [libraryDir, device] = process.argv.slice(2);
if (libraryDir === undefined) throw new Error('The engine needs the folder of its library.');
const { parentPort } = process;

answerEngine(
  {
    post: (message) => parentPort.postMessage(message),
    onMessage: (listener) => parentPort.on('message', ({ data }) => listener(data)),
    exit: (code) => process.exit(code),
  },
  (emit) => openEngineCalls({ libraryDir, ...(device ? { device } : {}), emit }),
);
