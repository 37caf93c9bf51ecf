import fs from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, makeFolder, makeSong, removeFolder } from '../library/fixtures.ts';
import { canMount, fillDisk, mountSmallDisk, unmount } from '../library/small-disk.ts';
import { createWorkshop, settle, type Workshop } from './workshop.ts';

let folder: string;
let shop: Workshop;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => {
  unmount(folder);
  removeFolder(folder);
});

/** Changes until none fits into what is left of pages and log. */
function exhaust(): string {
  const ballast = fillDisk(folder);
  for (let i = 0; i < 1000; i += 1) {
    const file = { path: 'x'.repeat(3000) + i, size: 1, mtime: 1 };
    if (codeOf(() => shop.library.songs.moveFile(makeSong(3).hash, file)) !== 'no error') return ballast;
  }
  throw new Error('the disk did not fill');
}

describe.skipIf(!canMount)('a queue on a full disk (skipped where a small disk cannot be mounted)', () => {
  it('stops with a word, loses no outcome and goes on when there is room', async () => {
    expect(mountSmallDisk(folder)).toBe(true);
    shop = createWorkshop(3, {}, folder);
    const job = shop.analyse(1);
    shop.analyse(2);
    await settle();
    const ballast = exhaust();
    shop.bench[0]!.finish();
    await settle();
    expect(shop.problems.map((problem) => problem.code)).toEqual(['file-unwritable']);
    expect(shop.queue.get(job.id).state).toBe('running');
    expect(shop.started).toEqual([1]);
    // Nobody waits for a queue that cannot go on.
    await shop.queue.whenIdle();
    expect(codeOf(() => shop.analyse(3))).toBe('file-unwritable');
    fs.rmSync(ballast);
    shop.queue.resume();
    await settle();
    expect(shop.queue.list().map((entry) => entry.state)).toEqual(['done', 'running']);
    expect(shop.started).toEqual([1, 2]);
    await shop.close();
  });
});
