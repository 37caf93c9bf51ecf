import { rerunUnderGoodNode } from './node.mjs';
import { SetupError, say } from './say.mjs';

/**
 * The one way in: `node tools/bootstrap.mjs COMMAND …`. Brings what is missing (a newer Node, the packages, the
 * build), then runs the command. Depends on nothing but Node 20; the rest is imported when it is needed.
 */

/** @type {Record<string, (args: string[]) => Promise<void>>} */
const commands = {
  async start(args) {
    await prepare();
    if (args.length > 0) return (await import('./terminal.mjs')).runTerminal(args);
    return (await import('./start.mjs')).startApp();
  },
  async songleaf(args) {
    await prepare();
    await (await import('./terminal.mjs')).runTerminal(args);
  },
  async build(args) {
    await packages();
    await (await import('./build.mjs')).ensureBuild({ force: true });
    await (await import('./package.mjs')).packageApp(args);
  },
  async check() {
    await packages();
    const { check } = await import('./check.mjs');
    await finishWith(await check());
  },
  async format(args) {
    await packages();
    await (await import('./check.mjs')).format(args);
  },
  async bench(args) {
    await prepare();
    await (await import('./bench.mjs')).bench(args);
  },
  async 'bench:app'(args) {
    await prepare();
    await (await import('./bench-app.mjs')).benchApp(args);
  },
  async test() {
    await packages();
    await finishWith(await (await import('./test.mjs')).testEverything());
  },
  async 'test:unit'(args) {
    await packages();
    await finishWith(await (await import('./test.mjs')).testUnits(args));
  },
  async 'test:e2e'(args) {
    await packages();
    await finishWith(await (await import('./test.mjs')).testEndToEnd(args));
  },
};

async function packages() {
  await (await import('./install.mjs')).ensurePackages();
}

async function prepare() {
  await packages();
  await (await import('./build.mjs')).ensureBuild();
}

/** @param {import('./summary.mjs').Tally} tally */
async function finishWith(tally) {
  const { summaryLine, isGood } = await import('./summary.mjs');
  for (const [index, note] of tally.notes.entries()) {
    if (index === 0) console.log('\nSkipped, or replaced by something else:');
    console.log(`  - ${note}`);
  }
  console.log(`\n${summaryLine(tally)}`);
  process.exitCode = isGood(tally) ? 0 : 1;
}

async function main() {
  const script = process.argv[1] ?? '';
  const [name = '', ...args] = process.argv.slice(2);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    throw new SetupError(`Unknown command "${name}".`, `Commands: ${Object.keys(commands).join(', ')}.`);
  }
  const status = await rerunUnderGoodNode(script, [name, ...args]);
  if (status !== null) {
    process.exitCode = status;
    return;
  }
  await command(args);
}

try {
  await main();
} catch (error) {
  // A fault in these scripts themselves is shown whole.
  if (!(error instanceof SetupError)) throw error;
  say(`songleaf: ${error.message}`);
  say(`  ${error.remedy}`);
  process.exitCode = 1;
}
