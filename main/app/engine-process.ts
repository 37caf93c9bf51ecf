import type { EnginePort } from '../shell/answer-engine.ts';
import { nodePort, runEngine } from '../shell/run-engine.ts';
import { decodeInChromium } from './decoder/decode-in-chromium.ts';
import { isDecoderMessage } from './decoder/decoder-messages.ts';
import { probeReplySchema } from './probe/probe-messages.ts';
import { probeThroughApp } from './probe/probe-through-app.ts';

// Entry of the build, `build/main/engine-process.js`: in a utility process of the app, or in a child process of `serve`.
const { parentPort } = process;
if (parentPort) {
  runEngine(electronPort(parentPort), {
    decodeExternally: decodeInChromium(parentPort),
    probe: probeThroughApp(parentPort),
  });
} else runEngine(nodePort());

function electronPort(port: Electron.ParentPort): EnginePort {
  return {
    post: (message) => port.postMessage(message),
    onMessage(listener) {
      port.on('message', ({ data }) => {
        if (!isDecoderMessage(data) && !probeReplySchema.safeParse(data).success) listener(data);
      });
    },
    exit: (code) => process.exit(code),
  };
}
