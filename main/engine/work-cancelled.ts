import { SongleafError } from '../contract/errors.ts';

/** What work on a song throws that a person broke off. */
export function workCancelled(): SongleafError {
  return new SongleafError('cancelled', 'The work was cancelled.', 'Start it again when you like.');
}
