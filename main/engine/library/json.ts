import type * as z from 'zod';
import { SongleafError } from '../../contract/errors.ts';

/** JSON with object keys sorted, so that equal values give equal text. `undefined` members are left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
    const entries = Object.entries(inner as Record<string, unknown>);
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  });
}

/** The first thing a schema disliked, as `path: reason`. */
export function describeIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return 'not in the expected form';
  const where = issue.path.join('.');
  return where ? `${where}: ${issue.message}` : issue.message;
}

/** A value read from the database, or the reason why it is not one. */
export type Checked<T> = { ok: true; value: T } | { ok: false; reason: string };

export function check<T>(schema: z.ZodType<T>, value: unknown): Checked<T> {
  const result = schema.safeParse(value);
  return result.success
    ? { ok: true, value: result.data }
    : { ok: false, reason: describeIssue(result.error) };
}

export function checkJson<T>(schema: z.ZodType<T>, text: unknown): Checked<T> {
  if (typeof text !== 'string') return { ok: false, reason: 'no text' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : 'not JSON' };
  }
  return check(schema, value);
}

/** The error for a row whose content does not hold; `row` names table and key. */
export function corruptRow(row: string, reason: string, hint: string): SongleafError {
  return new SongleafError('library-corrupt', `The library's ${row} cannot be read (${reason}).`, hint);
}

/** What `read` gives; null where the row it reads cannot be read. Throws whatever else it throws. */
export function nullIfCorrupt<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof SongleafError && error.code === 'library-corrupt') return null;
    throw error;
  }
}
