import path from 'node:path';
import { cacheFolder } from './places.mjs';
import { findOnPath, runQuietly } from './processes.mjs';
import { say } from './say.mjs';

/** Whether Debian packages can be installed: Linux with apt, as root, and not forbidden by SONGLEAF_NO_APT=1. */
export function canApt() {
  return (
    process.platform === 'linux' &&
    process.geteuid?.() === 0 &&
    process.env.SONGLEAF_NO_APT !== '1' &&
    findOnPath(['apt-get']) !== null
  );
}

const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
const aptGet = [
  '-q',
  '-o',
  'Acquire::Retries=2',
  '-o',
  'Acquire::http::Timeout=20',
  '-o',
  'DPkg::Lock::Timeout=300',
];

/** @type {Promise<boolean> | null} */
let updated = null;

/** Fetches the lists of packages, once per run. */
export function aptUpdate() {
  updated ??= apt(['update'], 'apt-update.log', 300);
  return updated;
}

/**
 * @param {string[]} packages
 * @param {{ seconds: number }} limit
 * @returns {Promise<boolean>} whether they are installed now
 */
export async function aptInstall(packages, { seconds }) {
  if (!canApt()) return false;
  say(`Installing ${packages.join(' ')} with apt…`);
  if (!(await aptUpdate())) return false;
  return apt(['install', '-y', '--no-install-recommends', ...packages], `apt-${packages[0]}.log`, seconds);
}

/**
 * Fetches a package's file into a folder without installing it.
 * @param {string} name
 * @param {string} folder
 * @param {{ seconds: number }} limit
 */
export async function aptDownload(name, folder, { seconds }) {
  return apt(['download', name], `apt-${name}.log`, seconds, folder);
}

/**
 * @param {string[]} args
 * @param {string} log
 * @param {number} seconds
 * @param {string} [cwd]
 */
async function apt(args, log, seconds, cwd) {
  const { code } = await runQuietly('apt-get', [...aptGet, ...args], {
    seconds,
    log: path.join(cacheFolder, 'logs', log),
    env,
    cwd,
    gently: true,
  });
  return code === 0;
}
