import type { Page } from '@playwright/test';

/** Milliseconds since 1970 of a page's first picture with content and of the moment when its library can be used. */
export async function readStart(page: Page): Promise<{ shown: number; interactive: number; list: number }> {
  await page.waitForFunction(() => performance.getEntriesByName('interactive').length > 0, null, {
    timeout: 120_000,
  });
  return await page.evaluate(() => {
    const at = (name: string) => performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN;
    return {
      shown: performance.timeOrigin + at('first-contentful-paint'),
      interactive: performance.timeOrigin + at('interactive'),
      // From asking for the songs to their picture.
      list: at('interactive') - at('library-asked'),
    };
  });
}

/** Milliseconds from each key to the picture that shows what it did. */
export async function measureKeys(page: Page, text: string): Promise<number[]> {
  await page.evaluate(() => {
    const taken: number[] = [];
    Object.assign(window, { taken });
    window.addEventListener(
      'keydown',
      ({ timeStamp }) => {
        requestAnimationFrame(() => setTimeout(() => taken.push(performance.now() - timeStamp)));
      },
      { capture: true },
    );
  });
  for (const letter of text) {
    await page.keyboard.press(letter);
    await page.waitForTimeout(250);
  }
  return await page.evaluate(() => (window as unknown as { taken: number[] }).taken);
}

/** Milliseconds from a click on a song's row until the first system of its score is seen, and until all of it is. */
export async function openScore(page: Page, title: string): Promise<{ first: number; all: number }> {
  await page.evaluate(() => {
    const seen: { asked?: number; first?: number; all?: number } = {};
    Object.assign(window, { seen });
    const pictured = (name: 'first' | 'all') => {
      if (seen[name] !== undefined) return;
      seen[name] = Number.NaN;
      requestAnimationFrame(() =>
        setTimeout(() => {
          seen[name] = performance.now() - seen.asked!;
        }),
      );
    };
    const observer = new MutationObserver(() => {
      const score = document.querySelector('.engraved');
      if (seen.asked === undefined || score === null) return;
      if (score.querySelector('svg .vf-stavenote') !== null && score.getAttribute('aria-busy') !== null) {
        pictured('first');
      }
      if (score.getAttribute('data-complete') === 'true') {
        pictured('all');
        observer.disconnect();
      }
    });
    window.addEventListener(
      'pointerdown',
      ({ timeStamp }) => {
        seen.asked = timeStamp;
        // The score of before goes away with the click.
        setTimeout(() => {
          observer.observe(document.body, { subtree: true, childList: true, attributes: true });
        });
      },
      { capture: true, once: true },
    );
  });
  await page.getByRole('row', { name: title, exact: false }).first().click();
  await page.waitForFunction(
    () => Number((window as unknown as { seen: { all?: number } }).seen.all) > 0,
    null,
    {
      timeout: 60_000,
    },
  );
  return await page.evaluate(() => (window as unknown as { seen: { first: number; all: number } }).seen);
}

/**
 * Begins to watch for tasks that keep the page from answering; the function gives the longest that began before a row
 * said `end` (drawing the score that is there then is measured on its own), in milliseconds, 0 where none took over 50.
 */
export async function watchTasks(page: Page, end: string): Promise<() => Promise<number>> {
  await page.evaluate((end) => {
    const tasks: { start: number; duration: number }[] = [];
    const watched = { tasks, ended: Number.POSITIVE_INFINITY };
    Object.assign(window, { watched });
    new PerformanceObserver((list) => {
      tasks.push(...list.getEntries().map(({ startTime, duration }) => ({ start: startTime, duration })));
    }).observe({ type: 'longtask' });
    const observer = new MutationObserver(() => {
      if (![...document.querySelectorAll('[role=row]')].some((row) => row.textContent?.includes(end))) return;
      watched.ended = performance.now();
      observer.disconnect();
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  }, end);
  return async () => {
    // Tasks are told a moment later.
    await page.waitForTimeout(1000);
    return await page.evaluate(() => {
      const { tasks, ended } = (
        window as unknown as { watched: { tasks: { start: number; duration: number }[]; ended: number } }
      ).watched;
      return Math.max(0, ...tasks.filter(({ start }) => start < ended).map(({ duration }) => duration));
    });
  };
}

/** What a page holds once all that can go is gone. */
export async function readHeap(page: Page): Promise<{ mb: number; nodes: number; listeners: number }> {
  const devtools = await page.context().newCDPSession(page);
  for (let i = 0; i < 3; i++) await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
  await devtools.detach();
  return { mb: usedSize / 2 ** 20, nodes, listeners: jsEventListeners };
}
