import type { EnginePort } from '../shell/answer-engine.ts';
import { nodePort, runEngine } from '../shell/run-engine.ts';
import { decodeInChromium } from './decoder/decode-in-chromium.ts';
import { isDecoderMessage } from './decoder/decoder-messages.ts';

// Entry of the build, `out/main/engine-process.js`: in a utility process of the app, or in a child process of `serve`.
const { parentPort } = process;
if (parentPort) runEngine(electronPort(parentPort), { decodeExternally: decodeInChromium(parentPort) });
else runEngine(nodePort());

function electronPort(port: Electron.ParentPort): EnginePort {
  return {
    post: (message) => port.postMessage(message),
    onMessage(listener) {
      port.on('message', ({ data }) => {
        if (!isDecoderMessage(data)) listener(data);
      });
    },
    exit: (code) => process.exit(code),
  };
}
