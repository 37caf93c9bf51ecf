import fs from 'node:fs';
import { pathToFileURL } from 'node:url';
import { inRoot, root } from './places.mjs';
import { SetupError } from './say.mjs';

/**
 * Runs the terminal program in this process: input, output, signals and exit status are its own.
 * @param {string[]} args
 */
export async function runTerminal(args) {
  const program = inRoot('build', 'main', 'cli.js');
  if (!fs.existsSync(program)) {
    throw new SetupError(
      'The terminal program is missing (main/cli/main.ts).',
      'Bring the sources back with git.',
    );
  }
  // npm changes to the root; file names on the command line are meant from where it was typed.
  const typedIn = process.env.INIT_CWD;
  if (typedIn && process.cwd() === root && fs.existsSync(typedIn)) process.chdir(typedIn);
  process.argv = [process.execPath, program, ...args];
  await import(pathToFileURL(program).href);
}
