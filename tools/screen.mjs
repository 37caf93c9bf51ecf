import { aptInstall } from './apt.mjs';
import { findOnPath, startGroup } from './processes.mjs';

/**
 * A screen for windows: the one that is there, else a virtual one that this starts.
 * @returns {Promise<{ display: string | null, stop: () => void } | { missing: string }>}
 *   `display`: value for DISPLAY where a virtual screen was started
 */
export async function openScreen() {
  const stop = () => undefined;
  if (process.platform !== 'linux' || process.env.DISPLAY) return { display: null, stop };
  if (findOnPath(['Xvfb']) === null) await aptInstall(['xvfb', 'xauth'], { seconds: 300 });
  if (findOnPath(['Xvfb']) === null) return { missing: 'there is no screen (DISPLAY) and no Xvfb.' };
  // Xvfb takes a free number itself and tells it on descriptor 3 when it is ready.
  const { child, end } = startGroup(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
    'SIGTERM',
  );
  const number = await firstLine(/** @type {import('node:stream').Readable} */ (child.stdio[3]), 20_000);
  if (number === null) {
    end();
    return { missing: 'the virtual screen (Xvfb) did not start.' };
  }
  return { display: `:${number}`, stop: () => end() };
}

/**
 * @param {import('node:stream').Readable} stream
 * @param {number} milliseconds
 * @returns {Promise<string | null>} null where the stream ended or the time passed before a whole line came
 */
function firstLine(stream, milliseconds) {
  return new Promise((resolve) => {
    let text = '';
    const timer = setTimeout(() => resolve(null), milliseconds);
    const settle = (/** @type {string | null} */ line) => {
      clearTimeout(timer);
      resolve(line);
    };
    stream.on('data', (data) => {
      text += String(data);
      const end = text.indexOf('\n');
      if (end >= 0) settle(text.slice(0, end).trim());
    });
    stream.once('close', () => settle(null));
  });
}
