import { CommanderError } from 'commander';
import { makeProgram } from './program.ts';
import { reportFailure } from './report.ts';

/** Entry of the terminal program. Exit codes: 0 all done, 1 something failed, 2 wrong use, 130 interrupted. */
async function main(): Promise<void> {
  const stop = new AbortController();
  process.once('SIGINT', () => {
    stop.abort();
    // A second Ctrl-C ends at once: whole files are on disk or none are.
    process.once('SIGINT', () => process.exit(130));
  });
  try {
    await makeProgram(stop.signal).parseAsync(process.argv);
    if (stop.signal.aborted) process.exitCode = 130;
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
    } else {
      reportFailure(error);
      process.exitCode = stop.signal.aborted ? 130 : 1;
    }
  }
}

await main();
