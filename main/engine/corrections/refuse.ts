import { SongleafError } from '../../contract/errors.ts';

/** The error for a correction that makes no sense here. */
export function refuse(message: string, hint: string): SongleafError {
  return new SongleafError('bad-request', message, hint);
}
