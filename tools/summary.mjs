import path from 'node:path';

/**
 * What has been tested so far.
 * @typedef {object} Tally
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} notes what was not run or stood in for, and why
 */

/**
 * @param {Partial<Tally>} [part]
 * @returns {Tally}
 */
export function tally({ passed = 0, failed = 0, skipped = 0, notes = [] } = {}) {
  return { passed, failed, skipped, notes };
}

/**
 * @param {Tally[]} tallies
 * @returns {Tally}
 */
export function sum(tallies) {
  return tally({
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    failed: tallies.reduce((total, { failed }) => total + failed, 0),
    skipped: tallies.reduce((total, { skipped }) => total + skipped, 0),
    notes: tallies.flatMap(({ notes }) => notes),
  });
}

/** @param {Tally} tally */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * Nothing failed, and something was tested at all.
 * @param {Tally} tally
 */
export function isGood({ passed, failed }) {
  return failed === 0 && passed > 0;
}

/**
 * Counts a report of vitest's JSON reporter. A file that could not be loaded has no tests and counts as one
 * failure; so does a run that ended badly without a failing test (an unhandled rejection, no file found).
 * @param {unknown} report null where none was written
 * @param {number} code exit status of the run
 * @returns {Tally}
 */
export function countVitest(report, code) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } =
    /** @type {Record<string, unknown>} */ (report ?? {});
  const files =
    /** @type {{ name: string, status: string, assertionResults: { status?: string, fullName?: string }[] }[]} */ (
      testResults ?? []
    );
  const unloaded = files.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  return ended(code, {
    passed: number(numPassedTests),
    failed: number(numFailedTests) + unloaded,
    skipped: number(numPendingTests) + number(numTodoTests),
    notes: files.flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === 'skipped' || status === 'pending' || status === 'todo')
        .map(({ fullName }) => `${path.basename(name)}: ${fullName}`),
    ),
  });
}

/**
 * Counts a report of Playwright's JSON reporter. A test that passed only when repeated passed, with a note.
 * @param {unknown} report null where none was written
 * @param {number} code exit status of the run
 * @returns {Tally}
 */
export function countPlaywright(report, code) {
  const { stats, errors, suites } =
    /** @type {{ stats?: Record<string, unknown>, errors?: unknown[], suites?: Suite[] }} */ (report ?? {});
  const flaky = number(stats?.flaky);
  return ended(code, {
    passed: number(stats?.expected) + flaky,
    failed: number(stats?.unexpected) + (errors?.length ?? 0),
    skipped: number(stats?.skipped),
    notes: [
      ...(flaky > 0 ? [`${flaky} end-to-end tests passed only when they were repeated.`] : []),
      ...(suites ?? []).flatMap(skippedIn),
    ],
  });
}

/**
 * @typedef {{ type: string, description?: string }} Annotation
 * @typedef {{ title: string, tests: { projectName: string, status: string, annotations: Annotation[] }[] }} Spec
 * @typedef {{ specs?: Spec[], suites?: Suite[] }} Suite
 */

/**
 * @param {Suite} suite
 * @returns {string[]} each skipped test with the reason that it gave
 */
function skippedIn({ specs = [], suites = [] }) {
  const own = specs.flatMap(({ title, tests }) =>
    tests
      .filter(({ status }) => status === 'skipped')
      .map(({ projectName, annotations }) => {
        const reason = annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description;
        return `${title} (${projectName})${reason ? `: ${reason}` : ''}`;
      }),
  );
  return [...own, ...suites.flatMap(skippedIn)];
}

/**
 * @param {number} code
 * @param {Partial<Tally>} counts
 */
function ended(code, counts) {
  const counted = tally(counts);
  if (code !== 0 && counted.failed === 0) counted.failed = 1;
  return counted;
}

/** @param {unknown} value */
function number(value) {
  return typeof value === 'number' ? value : 0;
}
