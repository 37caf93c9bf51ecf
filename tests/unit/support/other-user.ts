import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const NOBODY = { uid: 65_534, gid: 65_534 };
const isRoot = process.getuid?.() === 0;

/** Options for a child that permissions bind: as they are, or where we are root as a user who owns nothing. */
export const boundByPermissions: { uid?: number; gid?: number } = isRoot ? NOBODY : {};

/** Whether such a child can run here at all: not where Node or the source lies in a folder that only root may enter. */
export const canRunBound =
  process.platform !== 'win32' &&
  (!isRoot ||
    spawnSync(
      process.execPath,
      ['-e', 'require("fs").accessSync(process.argv[1])', fileURLToPath(import.meta.url)],
      NOBODY,
    ).status === 0);
