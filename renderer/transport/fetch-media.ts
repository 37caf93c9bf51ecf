import { errorReportSchema, SongleafError } from '../../main/contract/errors.ts';

/**
 * Fetches something that sounds, or bytes of it (both ends included).
 * @throws SongleafError what kept the engine from making it; `internal` where Songleaf does not answer
 */
export async function fetchMedia(
  url: string,
  range?: { first: number; last: number },
  signal?: AbortSignal,
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, {
      ...(range ? { headers: { Range: `bytes=${range.first}-${range.last}` } } : {}),
      ...(signal ? { signal } : {}),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new SongleafError(
      'internal',
      'The sound could not be read.',
      'Try again, or start Songleaf anew.',
      {
        cause,
      },
    );
  }
  if (response.ok) return response;
  const report = errorReportSchema.safeParse(await response.json().catch(() => null));
  if (report.success) throw new SongleafError(report.data.code, report.data.message, report.data.hint);
  throw new SongleafError('internal', 'The sound is not there.', 'Try again, or start Songleaf anew.');
}
