import { programs, root } from './places.mjs';
import { runQuietly, runShown } from './processes.mjs';
import { sum, tally } from './summary.mjs';

/** Each counts as one test. The lint rules hold the borders between the layers (biome.json). */
const checks = [
  { name: 'types', program: programs.tsc, args: ['-p', '.', '--pretty', 'false'] },
  { name: 'lint', program: programs.biome, args: ['lint', '--error-on-warnings'] },
  {
    name: 'promises',
    program: programs.oxlint,
    args: ['--type-aware', 'main', 'preload', 'renderer', 'tests'],
  },
  { name: 'format', program: programs.biome, args: ['check', '--linter-enabled=false'] },
];

/** Types, lint and format of everything. */
export async function check() {
  const tallies = [];
  for (const { name, program, args } of checks) {
    const outcome = await runQuietly(process.execPath, [program, ...args], { seconds: 600, cwd: root });
    const good = outcome.code === 0;
    console.log(`${good ? 'ok    ' : 'FAILED'} ${name}`);
    if (!good) console.log(outcome.output.trimEnd());
    tallies.push(tally(good ? { passed: 1 } : { failed: 1 }));
  }
  return sum(tallies);
}

/**
 * Rewrites files in the project's format and sorts their imports.
 * @param {string[]} args files or folders; none: everything
 */
export async function format(args) {
  const { code } = await runShown(
    process.execPath,
    [programs.biome, 'check', '--write', '--linter-enabled=false', ...args],
    { cwd: root },
  );
  process.exitCode = code;
}
