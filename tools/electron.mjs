import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { faults } from './faults.mjs';
import { cacheFolder, inRoot, programs, root } from './places.mjs';
import { isProgram, runQuietly } from './processes.mjs';
import { say } from './say.mjs';

/**
 * @param {NodeJS.Platform} platform
 * @returns where Electron's program lies inside its folder
 */
export function electronProgram(platform) {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

/**
 * Finds Electron's program, fetching it where it has never been: the npm package holds none.
 * @param {{ seconds: number }} limit for the download
 * @returns {Promise<{ program: string } | { missing: string }>} the program, or one sentence that says why there is none
 */
export async function findElectron({ seconds }) {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const program = path.join(
    folder ?? inRoot('node_modules', 'electron', 'dist'),
    electronProgram(process.platform),
  );
  if (!isInPlace(program, folder)) {
    if (folder) return { missing: `ELECTRON_OVERRIDE_DIST_PATH (${folder}) holds no Electron.` };
    say('Fetching Electron (about 120 MB, once)…');
    const log = path.join(cacheFolder, 'logs', 'electron.log');
    const outcome = await runQuietly(process.execPath, [programs.electronInstall], {
      seconds,
      log,
      cwd: root,
      // Electron's installer goes through a proxy only where it is told to.
      env: { ELECTRON_GET_USE_PROXY: '1', ...process.env },
    });
    if (outcome.code !== 0 || !isInPlace(program, folder)) {
      const why = outcome.timedOut
        ? `github.com took longer than ${seconds} seconds`
        : fetchProblem(outcome.output);
      return { missing: `Electron could not be fetched: ${why} (details: ${log}).` };
    }
  }
  const libraries = missingLibraries(program);
  if (libraries.length > 0) {
    return { missing: `Electron cannot start: this system has no ${libraries.join(', ')}.` };
  }
  return { program };
}

/**
 * Why Electron's installer failed, read from what it printed.
 * @param {string} output
 */
export function fetchProblem(output) {
  if (faults.disk.test(output)) return 'the disk is full';
  if (/checksum|sha256/i.test(output)) return 'what came was damaged; try again';
  if (faults.rights.test(output)) return "Songleaf's folder cannot be written to";
  if (faults.certificate.test(output)) {
    return 'the certificate of a proxy is not known; name it in NODE_EXTRA_CA_CERTS';
  }
  return 'github.com cannot be reached from here';
}

/**
 * @param {string} program
 * @param {string | undefined} folder given by the environment
 */
function isInPlace(program, folder) {
  // Electron's installer writes path.txt last: without it the folder may be half unpacked.
  return (
    isProgram(program) && (folder !== undefined || fs.existsSync(inRoot('node_modules/electron/path.txt')))
  );
}

/**
 * Shared libraries that the program asks for and the system has not: bare servers and containers.
 * @param {string} program
 * @returns {string[]}
 */
function missingLibraries(program) {
  if (process.platform !== 'linux') return [];
  let listed;
  try {
    listed = execFileSync('ldd', [program], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    // No ldd: nothing is known, and starting the program will tell.
    return [];
  }
  return parseMissingLibraries(listed);
}

/** @param {string} listed what ldd printed */
export function parseMissingLibraries(listed) {
  return [...listed.matchAll(/^\s*(\S+) => not found/gm)].map((match) => /** @type {string} */ (match[1]));
}

/**
 * Why Chromium's sandbox cannot work for this user on this system, or null.
 * Ubuntu 23.10 and later deny it to programs that are not installed from a package.
 * @param {string} program
 */
export function sandboxProblem(program) {
  if (process.platform !== 'linux') return null;
  const helper = path.join(path.dirname(program), 'chrome-sandbox');
  const stat = fs.statSync(helper, { throwIfNoEntry: false });
  if (stat && stat.uid === 0 && (stat.mode & 0o4000) !== 0) return null;
  const denied =
    readSetting('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === '1' ||
    readSetting('/proc/sys/kernel/unprivileged_userns_clone') === '0';
  if (!denied) return null;
  return `This system denies Electron its sandbox; to allow it once: sudo chown root "${helper}" && sudo chmod 4755 "${helper}".`;
}

/** @param {string} file */
function readSetting(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim() : null;
}
