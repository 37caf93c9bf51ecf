import { describe, expect, it } from 'vitest';
import { findBrowser } from '../../../main/cli/pages/browser.ts';
import { drawSvgPages, printPages } from '../../../main/cli/pages/draw-pages.ts';
import { engrave } from '../../../main/engine/score/engrave.ts';
import { writeMusicXml } from '../../../main/engine/score/musicxml.ts';
import { makeArrangement, makeBars, note, readArrangement } from '../score/arrangements.ts';

const plain = { largePrint: false };

function write(arrangement: ReturnType<typeof makeArrangement>): string {
  return writeMusicXml(engrave(arrangement), { software: 'test', date: '2025-01-01' });
}

/** Bars of quarters that fill pages. */
function manyBars(count: number): string {
  const bars = makeBars(Array.from({ length: count }, () => ({ beats: 4 })));
  const notes = Array.from({ length: count * 4 }, (_, at) => note(at * 48, 48, 72 - (at % 5), 'melody'));
  return write(makeArrangement({ bars, notes, title: 'Many & <more>' }));
}

describe.skipIf(findBrowser() === null)('pages (need Chromium, Chrome or Edge)', { timeout: 120_000 }, () => {
  it('are SVG documents with the notes, the same each time', async () => {
    const xml = write(readArrangement('pop909-001'));
    const pages = await drawSvgPages(xml, plain);
    expect(pages.length).toBeGreaterThanOrEqual(1);
    for (const page of pages) expect(page).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(pages.join('').match(/class="vf-stavenote"/g)!.length).toBeGreaterThan(100);
    expect(await drawSvgPages(xml, plain)).toEqual(pages);
  });

  it('take more paper in large print', async () => {
    const xml = manyBars(60);
    const [small, large] = [await drawSvgPages(xml, plain), await drawSvgPages(xml, { largePrint: true })];
    expect(small[0]).toContain('Many &amp; &lt;more&gt;');
    expect(large.length).toBeGreaterThan(small.length);
  });

  it('are A4 pages of one PDF', async () => {
    const pages = await drawSvgPages(manyBars(60), plain);
    const pdf = Buffer.from(await printPages(pages)).toString('latin1');
    expect(pdf.slice(0, 5)).toBe('%PDF-');
    expect(pdf).toMatch(new RegExp(`/Count ${pages.length}\\b`));
    expect(pdf).toMatch(/\/MediaBox \[0 0 59[45]\.?\d* 84[12]\.?\d*\]/);
  });

  it('are refused for what is no score', async () => {
    await expect(drawSvgPages('<score-partwise/>', plain)).rejects.toMatchObject({ code: 'score-invalid' });
  });

  it('stop when asked to', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(drawSvgPages(manyBars(4), { ...plain, signal: stop.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

describe('findBrowser', () => {
  it('takes the one that is named, and finds none where there is none', () => {
    expect(findBrowser({ SONGLEAF_CHROMIUM: '/opt/own/chromium', PATH: '' })).toBe('/opt/own/chromium');
    if (process.platform === 'linux') expect(findBrowser({ PATH: '/nowhere:relative' })).toBeNull();
  });
});
