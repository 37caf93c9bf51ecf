import path from 'node:path';
import { faults } from './faults.mjs';
import { root } from './places.mjs';
import { runQuietly } from './processes.mjs';

/**
 * How to start npm: the npm that runs this script where there is one, else the one on PATH.
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 * @returns {{ program: string, args: string[], shell: boolean }}
 */
export function npmCommand(env, platform) {
  const running = env.npm_execpath;
  if (running && path.basename(running) === 'npm-cli.js') {
    return { program: process.execPath, args: [running], shell: false };
  }
  // npm.cmd can only be started by a shell; our arguments hold no spaces.
  return platform === 'win32'
    ? { program: 'npm.cmd', args: [], shell: true }
    : { program: 'npm', args: [], shell: false };
}

/**
 * Runs npm in the repository's root. No package needs its install script here, and some scripts download or
 * compile what is not wanted (onnxruntime-node's CUDA libraries, opensheetmusicdisplay's `gl`).
 * @param {string[]} args
 * @param {{ seconds: number, log: string }} options
 */
export function runNpm(args, { seconds, log }) {
  const npm = npmCommand(process.env, process.platform);
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-progress', '--loglevel=warn'];
  // npm's own pauses before it gives up a registry that is not there add up to more than a minute.
  const impatient = ['--fetch-retry-mintimeout=2000', '--fetch-retry-maxtimeout=10000'];
  return runQuietly(npm.program, [...npm.args, ...args, ...quiet, ...impatient], {
    seconds,
    log,
    cwd: root,
    shell: npm.shell,
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
  });
}

/**
 * What to do about a failed npm, read from what it printed.
 * @param {{ output: string, timedOut: boolean }} outcome
 * @param {string} log
 */
export function npmRemedy({ output, timedOut }, log) {
  if (timedOut || /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET|network/i.test(output)) {
    return 'The package registry cannot be reached. Check the internet connection or proxy (npm config get proxy) and try again.';
  }
  if (faults.certificate.test(output)) {
    return 'The certificate of a proxy is not known. Name it in NODE_EXTRA_CA_CERTS and try again.';
  }
  if (/E407/.test(output))
    return 'The proxy asks for a login. Put it into npm config (https-proxy) and try again.';
  if (faults.disk.test(output)) return 'The disk is full. Free about 1 GB and try again.';
  if (faults.rights.test(output)) {
    return `Songleaf's folder cannot be written to, or a file in it is in use. Close other programs that use it, or copy it to a folder of yours. Details: ${log}`;
  }
  if (/EUSAGE/.test(output)) {
    return 'package-lock.json does not fit package.json. Run "npm install", or bring both back with git, and try again.';
  }
  return `See ${log} for what npm said, and try again.`;
}
