import { describe, expect, it } from 'vitest';
import { findOnPath, pathKey, runQuietly } from '../../../tools/processes.mjs';

const node = (script: string, seconds = 60) => runQuietly(process.execPath, ['-e', script], { seconds });

describe('runQuietly', () => {
  it('gives the exit status and both outputs', async () => {
    const outcome = await node('console.log("one"); console.error("two"); process.exitCode = 3');
    expect(outcome).toMatchObject({ code: 3, timedOut: false });
    expect(outcome.output).toContain('one\n');
    expect(outcome.output).toContain('two\n');
  });

  it('ends a program that takes too long, with what it started', async () => {
    const endless = 'setInterval(() => {}, 1000)';
    const parent = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(endless)}], { stdio: 'inherit' })`;
    // Returns only when every process that holds the output has ended.
    const outcome = await node(parent, 1);
    expect(outcome.timedOut).toBe(true);
    expect(outcome.code).not.toBe(0);
  });

  it('gives 127 for a program that is not there', async () => {
    const outcome = await runQuietly('songleaf-no-such-program', [], { seconds: 10 });
    expect(outcome.code).toBe(127);
    expect(outcome.output).toContain('songleaf-no-such-program');
  });
});

describe('PATH', () => {
  it('is found however it is spelt', () => {
    expect(pathKey({ Path: 'x', other: 'y' })).toBe('Path');
    expect(pathKey({ PATH: 'x' })).toBe('PATH');
    expect(pathKey({})).toBe('PATH');
  });

  it('is searched for the first name that is there', () => {
    expect(findOnPath(['songleaf-no-such-program'])).toBeNull();
    expect(findOnPath(['songleaf-no-such-program', 'node', 'npm'])).toMatch(/n(ode|pm)/);
  });
});
