import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { SongleafError } from '../../contract/errors.ts';
import { runBrowser } from './browser.ts';
import { drawing, printing } from './page-documents.ts';

export interface PageOptions {
  largePrint: boolean;
  signal?: AbortSignal;
}

/** OpenSheetMusicDisplay as one script. */
const ENGRAVER = 'opensheetmusicdisplay/build/opensheetmusicdisplay.min.js';

/**
 * Draws a score on A4 pages.
 *
 * @param musicxml partwise
 * @returns a page each, as SVG documents of 794 by 1123 CSS pixels
 * @throws SongleafError `browser-missing`, `score-invalid` where the text is not understood, `cancelled`, `internal`
 */
export async function drawSvgPages(musicxml: string, options: PageOptions): Promise<string[]> {
  return await inFolder((folder) => drawIn(folder, musicxml, options));
}

/** Draws a score on A4 pages and prints them as one PDF file. @throws what `drawSvgPages` and `printPages` throw */
export async function drawPdf(musicxml: string, options: PageOptions): Promise<Uint8Array> {
  return await printPages(await drawSvgPages(musicxml, options), options.signal);
}

/** Prints pages of `drawSvgPages` as one PDF file. @throws SongleafError `browser-missing`, `cancelled`, `internal` */
export async function printPages(pages: readonly string[], signal?: AbortSignal): Promise<Uint8Array> {
  return await inFolder(async (folder) => {
    const document = path.join(folder, 'pages.html');
    const target = path.join(folder, 'pages.pdf');
    await writeFile(document, printing(pages));
    await runBrowser(
      [`--print-to-pdf=${target}`, '--no-pdf-header-footer', pathToFileURL(document).href],
      folder,
      signal,
    );
    return await readFile(target);
  });
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'songleaf-pages-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function drawIn(
  folder: string,
  musicxml: string,
  { largePrint, signal }: PageOptions,
): Promise<string[]> {
  const document = path.join(folder, 'drawing.html');
  await copyFile(findEngraver(), path.join(folder, 'engraver.js'));
  await writeFile(
    path.join(folder, 'score.js'),
    `const score = ${JSON.stringify({ musicxml, largePrint })};`,
  );
  await writeFile(document, drawing);
  const dom = await runBrowser(
    ['--virtual-time-budget=60000', '--dump-dom', pathToFileURL(document).href],
    folder,
    signal,
  );
  return readAnswer(dom);
}

function findEngraver(): string {
  try {
    return createRequire(import.meta.url).resolve(ENGRAVER);
  } catch (cause) {
    throw new SongleafError(
      'internal',
      'OpenSheetMusicDisplay, which draws the pages, is not installed.',
      'Run npm ci in the folder of Songleaf, or export MusicXML.',
      { cause },
    );
  }
}

/** What the page left in its body: pages or the reason why there are none, as base64 of JSON. */
function readAnswer(dom: string): string[] {
  const coded = /<body[^>]*>\s*([A-Za-z0-9+/=]+)\s*<\/body>/.exec(dom)?.[1] ?? '';
  const answer: unknown = coded === '' ? null : JSON.parse(Buffer.from(coded, 'base64').toString('utf8'));
  if (Array.isArray(answer) && answer.length > 0 && answer.every((page) => typeof page === 'string'))
    return answer;
  throw new SongleafError(
    'score-invalid',
    `The score could not be drawn${typeof answer === 'string' ? `: ${answer}` : ''}.`,
    'Export MusicXML and open it in a notation program.',
  );
}
