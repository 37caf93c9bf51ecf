import { toErrorReport } from '../contract/errors.ts';

/** Prints what went wrong and what to do about it, never a stack trace (`SONGLEAF_DEBUG=1` adds it). */
export function reportFailure(error: unknown): void {
  const { code, message, hint } = toErrorReport(error);
  process.stderr.write(`songleaf: ${message}\n  ${hint} [${code}]\n`);
  if (process.env.SONGLEAF_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
}
