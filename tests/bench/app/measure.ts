/**
 * Measures the window against the budgets of a desktop app: start, idle, a library of 5,000 songs, a score of 150 bars,
 * the page while a song is arranged, the player's drift, and what twenty openings of songs leave behind.
 * Use: npm run bench:app [-- browser | electron]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { measureDrift, tapAudio } from '../../e2e/support/heard-audio.ts';
import { fishin } from '../support/real-songs.ts';
import { addLongSong, fillLibrary } from './libraries.ts';
import { measureKeys, openScore, readHeap, readStart, watchTasks } from './page-probes.ts';
import { usageOf } from './processes.ts';
import { type Figure, median, printTable } from './table.ts';
import { type MeasuredWindow, openWindow, type Target } from './windows.ts';

const SONGS = 5000;
const OPENINGS = 20;
const IDLE_SECONDS = 15;
const BARS = 150;

const folder = mkdtempSync(path.join(tmpdir(), 'songleaf-bench-'));
const library = path.join(folder, 'library');
const large = path.join(folder, 'large');

async function use<T>(
  target: Target,
  where: string,
  work: (window: MeasuredWindow) => Promise<T>,
): Promise<T> {
  const window = await openWindow(target, where);
  try {
    return await work(window);
  } finally {
    await window.close();
  }
}

const complete = '.engraved[data-complete=true]';

/** Adds a song and waits for its first take; the longest task of the page meanwhile, in milliseconds. */
async function arrangeSong(window: MeasuredWindow): Promise<number> {
  await readStart(window.page);
  const longest = await watchTasks(window.page, '1 take');
  await window.addSongs([fishin.audio]);
  await window.page.getByRole('row', { name: /1 take/ }).waitFor({ timeout: 900_000 });
  return await longest();
}

async function measure(target: Target, task: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  const add = (what: string, value: number, unit: Figure['unit'], budget: number | null) => {
    figures.push({ what, value, unit, budget });
    process.stderr.write(`${target}: ${what}: ${value.toFixed(1)} ${unit}\n`);
  };

  add('longest task while arranging (0: none over 50 ms)', task, 'ms', 50);

  const starts: { shown: number; interactive: number }[] = [];
  for (let i = 0; i < 4; i++) {
    await use(target, library, async ({ page, asked }) => {
      const { shown, interactive } = await readStart(page);
      // The first reads what the system has not in its cache.
      if (i > 0) starts.push({ shown: shown - asked, interactive: interactive - asked });
    });
  }
  const begins = target === 'electron' ? 'program started' : 'page asked for';
  add(`${begins} → window shown`, median(starts.map(({ shown }) => shown)), 'ms', 1000);
  add(`${begins} → interactive`, median(starts.map(({ interactive }) => interactive)), 'ms', 1500);

  await use(target, library, async ({ page, pid }) => {
    await page.locator(complete).waitFor();
    if (pid === null || process.platform !== 'linux') return;
    await page.waitForTimeout(5000);
    const before = usageOf(pid);
    await page.waitForTimeout(1000 * IDLE_SECONDS);
    const after = usageOf(pid);
    add(`idle, private memory of ${after.processes} processes`, after.privateMb, 'MB', 300);
    add('idle, processor', (100 * (after.cpuSeconds - before.cpuSeconds)) / IDLE_SECONDS, '%', 1);
  });

  await use(target, large, async ({ page }) => {
    await readStart(page);
    await page.reload();
    const { list } = await readStart(page);
    add(`library of ${SONGS} songs, from asking to its picture`, list, 'ms', 200);
    await page.getByRole('searchbox').click();
    const keys = await measureKeys(page, 'golden win');
    add('a key in the search, median', median(keys), 'ms', 50);
    add('a key in the search, slowest', Math.max(...keys), 'ms', null);
  });

  await use(target, library, async ({ page }) => {
    await page.locator(complete).waitFor();
    const scores = [];
    // The one that is open already cannot be opened.
    await page.getByRole('row', { name: shortTitle }).first().click();
    await page.locator(complete).waitFor();
    for (let i = 0; i < 3; i++) {
      scores.push(await openScore(page, longTitle));
      await openScore(page, shortTitle);
    }
    const name = `score of ${bars} bars, from the click`;
    add(`${name} → first system`, median(scores.map(({ first }) => first)), 'ms', 300);
    add(`${name} → all`, median(scores.map(({ all }) => all)), 'ms', 2000);

    const before = await readHeap(page);
    for (let i = 0; i < OPENINGS / 2; i++) {
      await openScore(page, longTitle);
      await openScore(page, shortTitle);
    }
    const after = await readHeap(page);
    add(`${OPENINGS} openings: heap more by, for each`, (after.mb - before.mb) / OPENINGS, 'MB', 0.1);
    add(`${OPENINGS} openings: nodes more, in all`, after.nodes - before.nodes, '', 50);
    add(`${OPENINGS} openings: listeners more, in all`, after.listeners - before.listeners, '', 10);
  });

  await use(target, library, async ({ page }) => {
    await page.getByRole('row', { name: shortTitle }).first().click();
    await page.locator(complete).waitFor();
    await tapAudio(page);
    const mix = page.getByRole('slider', { name: 'Recording to piano' });
    await mix.focus();
    await page.keyboard.press('Home');
    const asked = page.waitForRequest(/\/song\/[0-9a-f]{64}\/record$/);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    const record = (await asked).url();
    await page.waitForTimeout(4000);
    const drifts = await measureDrift(page, record, 12);
    const box = (await page.locator('.seek-track').boundingBox())!;
    for (const share of [0.3, 0.6, 0.9]) {
      await page.mouse.click(box.x + share * box.width, box.y + box.height / 2);
      await page.waitForTimeout(1500);
      drifts.push(...(await measureDrift(page, record, 6)));
    }
    const found = drifts.flatMap(({ ahead }) => (ahead === null ? [] : [1000 * Math.abs(ahead)]));
    add(`cursor and sound apart, worst of ${found.length}`, Math.max(...found), 'ms', 20);
  });
  return figures;
}

/** What the rows are called: the files' tags are the same. */
const shortTitle = "Let's Go Fishin'";
const longTitle = 'Fishing all day';
let bars = 0;

try {
  const targets = process.argv.slice(2) as Target[];
  fillLibrary(large, SONGS);
  const tasks = new Map<Target, number>();
  for (const target of targets) {
    // The first one's song is what everything else is measured with.
    const place = tasks.size === 0 ? library : path.join(folder, `${target}-songs`);
    tasks.set(target, await use(target, place, arrangeSong));
  }
  bars = addLongSong(library, longTitle, BARS);
  for (const target of targets) {
    const figures = await measure(target, tasks.get(target)!);
    printTable(target === 'browser' ? 'In Chromium' : 'In Electron', figures);
  }
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
