import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Analysis, SongInfo } from '../../../main/contract/analysis.ts';
import type { Arrangement } from '../../../main/contract/arrangement.ts';
import { SongleafError } from '../../../main/contract/errors.ts';
import { boundByPermissions } from '../support/other-user.ts';

/** 2026-01-01, so that no test depends on the clock. */
export const DAY_ONE = 1_767_225_600_000;

export function makeFolder(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'songleaf-library-'));
}

/** A folder in memory where there is such a thing, for tests of thousands of commits. */
export function makeQuickFolder(): string {
  const memory = '/dev/shm';
  return fs.existsSync(memory) ? fs.mkdtempSync(path.join(memory, 'songleaf-library-')) : makeFolder();
}

export function removeFolder(folder: string): void {
  fs.rmSync(folder, { recursive: true, force: true });
}

export function makeSong(number: number): SongInfo {
  return {
    hash: createHash('sha256').update(`song ${number}`).digest('hex'),
    title: `Song ${number}`,
    artist: 'Nobody',
    album: '',
    duration: 180 + number,
  };
}

export function makeFile(number: number) {
  return { path: `/music/song ${number}.ogg`, size: 1000 + number, mtime: DAY_ONE + number };
}

const confidence = 0.5;

export function makeAnalysis(song: SongInfo, bpm = 120): Analysis {
  return {
    format: 'songleaf-analysis',
    version: 1,
    engine: '0.1.0',
    song,
    tuning: { cents: 0, confidence },
    tempo: { bpm, confidence },
    beats: [0, 1, 2, 3].map((beat) => ({ time: beat / 2, position: beat + 1, confidence })),
    metres: [{ start: 0, beats: 4, unit: 'quarter', confidence }],
    chords: [{ start: 0, duration: 192, root: 0, quality: 'maj', bass: 0, confidence }],
    keys: [{ start: 0, tonic: 0, mode: 'major', confidence }],
    melody: [{ start: 0, duration: 48, pitch: 60, confidence }],
    sections: [{ start: 0, duration: 192, label: 'A', confidence }],
  };
}

export function makeArrangement(song: SongInfo, seed = 1): Arrangement {
  const { metres, keys, chords, sections } = makeAnalysis(song);
  return {
    format: 'songleaf-arrangement',
    version: 1,
    engine: '0.1.0',
    song,
    settings: { model: 'reduction', level: 'full', melody: 'include', seed },
    beatTimes: [0, 0.5, 1, 1.5, 2],
    bpm: 120,
    bars: [{ start: 0, beats: 4, metreBeats: 4, unit: 'quarter' }],
    metres,
    keys,
    chords,
    sections,
    notes: [
      { start: 0, duration: 192, pitch: 48, velocity: 60, role: 'bass' },
      { start: 0, duration: 48, pitch: 60 + (seed % 12), velocity: 70, role: 'melody' },
    ],
    lead: [],
  };
}

/** The code of the `SongleafError` that `work` throws; anything else fails the test. */
export function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof SongleafError) return error.code;
    throw error;
  }
  return 'no error';
}

/** Every path below `folder`, sorted. */
export function listFiles(folder: string): string[] {
  return (fs.readdirSync(folder, { recursive: true }) as string[]).sort();
}

export interface Child {
  process: ChildProcess;
  /** Lines it printed so far. */
  lines: string[];
  /** Resolves when it has printed a line that `wanted` accepts; rejects when it ends before. */
  untilLine(wanted: (line: string) => boolean): Promise<string>;
  /** Ends it as a power cut would and waits until it is gone. */
  kill(): Promise<void>;
  ended: Promise<number | null>;
}

/** Starts `script` with this Node. `unprivileged`: as a user who may write nothing of ours, where we are root. */
export function startChild(script: URL, args: string[], options: { unprivileged?: boolean } = {}): Child {
  const nobody = options.unprivileged ? boundByPermissions : {};
  const child = spawn(process.execPath, [script.pathname, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...nobody,
  });
  const lines: string[] = [];
  let complaints = '';
  const listeners = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const listener of [...listeners]) listener();
  });
  child.stderr.on('data', (text) => {
    complaints += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return {
    process: child,
    lines,
    ended,
    untilLine: (wanted) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const line = lines.find(wanted);
          if (line === undefined) return;
          listeners.delete(look);
          resolve(line);
        };
        listeners.add(look);
        look();
        void ended.then(() => reject(new Error(`ended too early: ${lines.join('; ')} ${complaints}`)));
      }),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
