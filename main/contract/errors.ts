import * as z from 'zod';

/** Every way Songleaf can fail that a person can do something about. */
export const errorCodes = [
  'file-not-found',
  'file-unreadable',
  'file-unwritable',
  'audio-unsupported',
  'audio-protected',
  'audio-empty',
  'audio-corrupt',
  'audio-too-long',
  'decoder-missing',
  'browser-missing',
  'program-missing',
  'model-missing',
  'model-corrupt',
  'device-unavailable',
  'analysis-invalid',
  'analysis-mismatch',
  'posteriors-missing',
  'score-invalid',
  'library-corrupt',
  'library-newer',
  'library-locked',
  'song-unknown',
  'song-mismatch',
  'job-unknown',
  'job-state',
  'bad-request',
  'cancelled',
  'out-of-memory',
  'internal',
] as const;

export const errorCodeSchema = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

/** What crosses a process border or is printed: never a stack trace. */
export const errorReportSchema = z.strictObject({
  code: errorCodeSchema,
  /** One sentence that names the file or thing concerned. */
  message: z.string(),
  /** What the person can do about it. */
  hint: z.string(),
});
export type ErrorReport = z.infer<typeof errorReportSchema>;

/** The only error class that leaves a public function on purpose. */
export class SongleafError extends Error {
  override readonly name = 'SongleafError';
  readonly code: ErrorCode;
  readonly hint: string;

  constructor(code: ErrorCode, message: string, hint: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.hint = hint;
  }

  report(): ErrorReport {
    return { code: this.code, message: this.message, hint: this.hint };
  }
}

/** Turns anything thrown into a report; unexpected errors keep their message under code `internal`. */
export function toErrorReport(error: unknown): ErrorReport {
  if (error instanceof SongleafError) return error.report();
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'internal',
    message: `Unexpected error: ${message}`,
    hint: 'This is a fault in Songleaf. Please report it together with the name of the step it happened in.',
  };
}
