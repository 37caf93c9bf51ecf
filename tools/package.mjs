import { programs, root } from './places.mjs';
import { runShown } from './processes.mjs';

/**
 * Packs the built app with electron-builder where arguments ask for it: `npm run build -- --linux`, `-- --dir`.
 * @param {string[]} args electron-builder's
 */
export async function packageApp(args) {
  if (args.length === 0) return;
  const { code } = await runShown(
    process.execPath,
    [programs.electronBuilder, '--publish', 'never', ...args],
    {
      cwd: root,
    },
  );
  process.exitCode = code;
}
