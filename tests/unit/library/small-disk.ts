import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { makeFolder, removeFolder } from './fixtures.ts';

/** Mounts a disk of 2 MB at `folder`; only root on Linux can. */
export function mountSmallDisk(folder: string): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder]).status === 0;
}

export function unmount(folder: string): void {
  spawnSync('umount', [folder]);
}

function probe(): boolean {
  const folder = makeFolder();
  const mounted = mountSmallDisk(folder);
  if (mounted) unmount(folder);
  removeFolder(folder);
  return mounted;
}

/** Whether tests of a full disk can run here. */
export const canMount = probe();

/** Leaves no room at all on the disk at `folder`; returns the file that takes it. */
export function fillDisk(folder: string): string {
  const file = path.join(folder, 'ballast');
  const block = new Uint8Array(4096);
  const handle = fs.openSync(file, 'w');
  try {
    for (;;) fs.writeSync(handle, block);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    fs.closeSync(handle);
  }
  return file;
}
