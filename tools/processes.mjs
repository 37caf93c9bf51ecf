import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/**
 * Children to end when this process ends, and how: SIGKILL where it is best to stop dead (npm would go on for most
 * of a minute), SIGTERM where something must be left in order (dpkg, a screen).
 * @type {Map<import('node:child_process').ChildProcess, NodeJS.Signals>}
 */
const children = new Map();

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function end(child, signal) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // The group has ended between the check and the signal.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

/**
 * Starts a program in a process group of its own; the whole group ends with this process.
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @param {NodeJS.Signals} signal how it is ended when this process ends
 */
export function startGroup(program, args, options, signal) {
  const child = spawn(program, args, {
    ...options,
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  endWithThisProcess(child, signal);
  return { child, end: (/** @type {NodeJS.Signals} */ other = signal) => end(child, other) };
}

function endChildren() {
  for (const [child, signal] of children) end(child, signal);
}

/** Exit status once every child has ended; null while nobody asked to stop. @type {number | null} */
let leavingWith = null;

/**
 * Lets the children end first, so that none is at work when the next run starts. A second signal does not wait.
 * @param {number} code
 */
function leave(code) {
  if (leavingWith !== null) process.exit(code);
  leavingWith = code;
  endChildren();
}
const leaveOnInterrupt = () => leave(130);
const leaveOnTerminate = () => leave(143);

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function endWithThisProcess(child, signal) {
  if (children.size === 0) {
    process.on('exit', endChildren);
    process.on('SIGINT', leaveOnInterrupt);
    process.on('SIGTERM', leaveOnTerminate);
  }
  children.set(child, signal);
  child.once('close', () => {
    children.delete(child);
    if (children.size > 0) return;
    if (leavingWith !== null) process.exit(leavingWith);
    // What runs in this process afterwards has its own way with signals.
    process.off('exit', endChildren);
    process.off('SIGINT', leaveOnInterrupt);
    process.off('SIGTERM', leaveOnTerminate);
  });
}

/**
 * @typedef {object} Outcome
 * @property {number} code exit status; 127 where the program could not be started
 * @property {boolean} timedOut
 * @property {string} output the last 64 kB of stdout and stderr, without colours
 */

/**
 * Runs a program without input, keeps its output from the screen, and never throws for what it does.
 * @param {string} program
 * @param {string[]} args
 * @param {{ seconds: number, log?: string, cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean, gently?: boolean }} options
 *   `seconds`: time limit; `log`: file that gets the whole output; `gently`: an early end must leave things in order
 * @returns {Promise<Outcome>}
 */
export function runQuietly(program, args, { seconds, log, cwd, env, shell, gently = false }) {
  return new Promise((resolve) => {
    if (log) fs.mkdirSync(path.dirname(log), { recursive: true });
    const file = log ? fs.createWriteStream(log) : null;
    let output = '';
    let timedOut = false;
    const { child, end: stop } = startGroup(
      program,
      args,
      {
        cwd,
        env: { ...(env ?? process.env), NO_COLOR: '1' },
        shell: shell ?? false,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
      gently ? 'SIGTERM' : 'SIGKILL',
    );
    const timer = setTimeout(() => {
      timedOut = true;
      stop();
    }, seconds * 1000);
    const keep = (/** @type {Buffer} */ data) => {
      file?.write(data);
      output = (output + data.toString()).slice(-65536);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    let settled = false;
    const settle = (/** @type {number} */ code, /** @type {string} */ extra) => {
      // A program that could not be started gives both events.
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      file?.end(extra);
      resolve({ code, timedOut, output: stripVTControlCharacters(output + extra) });
    };
    child.once('error', (error) => settle(127, `${error.message}\n`));
    child.once('close', (code) => settle(code ?? 1, ''));
  });
}

/**
 * Runs a program on this terminal.
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quietStdout?: boolean }} [options]
 *   `quietStdout`: its stdout goes to stderr
 * @returns {Promise<{ code: number, signal: NodeJS.Signals | null }>}
 */
export function runShown(program, args, { cwd, env, quietStdout } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: env ?? process.env,
      stdio: ['inherit', quietStdout ? 2 : 'inherit', 'inherit'],
    });
    const release = passSignalsTo(child);
    child.once('error', (error) => {
      release();
      reject(error);
    });
    child.once('close', (code, signal) => {
      release();
      resolve({ code: code ?? 1, signal });
    });
  });
}

/**
 * Keeps this process until the child has ended, whatever signal arrives. A terminal sends Ctrl-C to both, so an
 * interrupt is passed on only where there is no terminal: twice would mean "at once" to the child.
 * @param {import('node:child_process').ChildProcess} child
 */
function passSignalsTo(child) {
  const interrupt = () => {
    if (!process.stdin.isTTY) child.kill('SIGINT');
  };
  const terminate = () => child.kill('SIGTERM');
  const hangUp = () => child.kill('SIGHUP');
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', terminate);
  process.on('SIGHUP', hangUp);
  return () => {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', terminate);
    process.off('SIGHUP', hangUp);
  };
}

/**
 * The file that a command name stands for on PATH, or null.
 * @param {string[]} names the first that is found wins
 */
export function findOnPath(names) {
  const folders = (process.env[pathKey(process.env)] ?? '').split(path.delimiter).filter(Boolean);
  const endings = process.platform === 'win32' ? ['.exe'] : [''];
  for (const name of names) {
    for (const folder of folders) {
      for (const ending of endings) {
        const file = path.join(folder, name + ending);
        if (isProgram(file)) return file;
      }
    }
  }
  return null;
}

/** @param {string} file */
export function isProgram(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * The name of the PATH variable: Windows spells it `Path`.
 * @param {NodeJS.ProcessEnv} env
 */
export function pathKey(env) {
  return Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
}
