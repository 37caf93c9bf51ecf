import { describe, expect, it } from 'vitest';
import { countPlaywright, countVitest, isGood, sum, summaryLine, tally } from '../../../tools/summary.mjs';

describe('countVitest', () => {
  const report = {
    numPassedTests: 7,
    numFailedTests: 2,
    numPendingTests: 1,
    numTodoTests: 3,
    testResults: [
      { name: '/x/a.test.ts', status: 'passed', assertionResults: [{ status: 'passed', fullName: 'runs' }] },
      {
        name: '/x/b.test.ts',
        status: 'failed',
        assertionResults: [{ status: 'skipped', fullName: 'waits' }],
      },
    ],
  };

  it('counts tests and names the skipped', () => {
    const notes = ['b.test.ts: waits'];
    expect(countVitest(report, 1)).toEqual(tally({ passed: 7, failed: 2, skipped: 4, notes }));
  });

  it('counts a file that could not be loaded as a failure', () => {
    const testResults = [...report.testResults, { status: 'failed', assertionResults: [] }];
    expect(countVitest({ ...report, testResults }, 1).failed).toBe(3);
  });

  it('counts a run that ended badly, or without a report, as a failure', () => {
    expect(countVitest({ numPassedTests: 5, testResults: [] }, 1)).toEqual(tally({ passed: 5, failed: 1 }));
    expect(countVitest(null, 1)).toEqual(tally({ failed: 1 }));
  });
});

describe('countPlaywright', () => {
  it('counts tests, and names those that had to be repeated', () => {
    const counted = countPlaywright(
      { stats: { expected: 4, unexpected: 0, flaky: 1, skipped: 2 }, errors: [] },
      0,
    );
    expect(counted).toMatchObject({ passed: 5, failed: 0, skipped: 2 });
    expect(counted.notes).toHaveLength(1);
  });

  it('names the skipped with their reason', () => {
    const spec = (title: string, status: string, annotations: object[]) => ({
      title,
      tests: [{ projectName: 'browser', status, annotations }],
    });
    const suites = [
      {
        specs: [spec('plays', 'expected', [])],
        suites: [{ specs: [spec('prints', 'skipped', [{ type: 'skip', description: 'no printer' }])] }],
      },
    ];
    const report = { stats: { expected: 1, unexpected: 0, flaky: 0, skipped: 1 }, errors: [], suites };
    expect(countPlaywright(report, 0).notes).toEqual(['prints (browser): no printer']);
  });

  it('counts errors outside tests', () => {
    const report = {
      stats: { expected: 1, unexpected: 2, flaky: 0, skipped: 0 },
      errors: [{ message: 'x' }],
    };
    expect(countPlaywright(report, 1)).toEqual(tally({ passed: 1, failed: 3 }));
  });

  it('counts a run without a report as a failure', () => {
    expect(countPlaywright(null, 1)).toEqual(tally({ failed: 1 }));
  });
});

describe('the end', () => {
  it('adds everything up', () => {
    const all = sum([
      tally({ passed: 2, notes: ['a'] }),
      tally({ failed: 1, skipped: 4, notes: ['b'] }),
      tally(),
    ]);
    expect(all).toEqual({ passed: 2, failed: 1, skipped: 4, notes: ['a', 'b'] });
  });

  it('is one line that names skipped tests only where there are any', () => {
    expect(summaryLine(tally({ passed: 12 }))).toBe('12 passed, 0 failed');
    expect(summaryLine(tally({ passed: 12, failed: 1, skipped: 2 }))).toBe('12 passed, 1 failed, 2 skipped');
  });

  it('is good only when something passed and nothing failed', () => {
    expect(isGood(tally({ passed: 1, skipped: 5 }))).toBe(true);
    expect(isGood(tally({ passed: 1, failed: 1 }))).toBe(false);
    expect(isGood(tally({ skipped: 5 }))).toBe(false);
  });
});
