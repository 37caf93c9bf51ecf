/** Progress and errors go to stderr: stdout belongs to the program (`songleaf --json`). */

/** @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** A step of the set-up that could not be done, with what the person can do about it. */
export class SetupError extends Error {
  /**
   * @param {string} message one sentence
   * @param {string} remedy what to do
   */
  constructor(message, remedy) {
    super(message);
    this.name = 'SetupError';
    this.remedy = remedy;
  }
}
