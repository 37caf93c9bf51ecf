import fs from 'node:fs';
import { inRoot, root } from './places.mjs';
import { runShown } from './processes.mjs';
import { SetupError } from './say.mjs';

const folder = 'tests/bench';

/**
 * Runs tests/bench/NAME.ts with the arguments after NAME; without a name, every measurement in turn.
 * @param {string[]} args
 */
export async function bench([name, ...args]) {
  const all = fs
    .readdirSync(inRoot(folder))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length));
  if (all.length === 0)
    throw new SetupError(`There are no measurements in ${folder}.`, 'Bring them back with git.');
  if (name !== undefined && !all.includes(name)) {
    throw new SetupError(`There is no measurement "${name}" in ${folder}.`, `There are: ${all.join(', ')}.`);
  }
  // Node 22.18 and later read TypeScript unasked.
  const flags = process.features.typescript ? [] : ['--experimental-strip-types'];
  for (const one of name === undefined ? all : [name]) {
    const { code } = await runShown(process.execPath, [...flags, `${folder}/${one}.ts`, ...args], {
      cwd: root,
    });
    if (code !== 0) process.exitCode = code;
  }
}
