import type { ImportResult } from '../../main/contract/library.ts';

export const noImport: ImportResult = { added: [], known: [], failed: [] };

/** One result for files that were added one by one. */
export function mergeImports(results: readonly ImportResult[]): ImportResult {
  return {
    added: results.flatMap((result) => result.added),
    known: results.flatMap((result) => result.known),
    failed: results.flatMap((result) => result.failed),
  };
}
