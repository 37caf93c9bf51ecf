import { useEffect, useState } from 'react';
import { type ErrorReport, toErrorReport } from '../../../main/contract/errors.ts';

/** Reads something once. @returns what was read, or why not; both null until then */
export function useRead<T>(read: () => Promise<T>): { value: T | null; failure: ErrorReport | null } {
  const [value, setValue] = useState<T | null>(null);
  const [failure, setFailure] = useState<ErrorReport | null>(null);
  useEffect(() => {
    let shown = true;
    read().then(
      (result) => shown && setValue(result),
      (error: unknown) => shown && setFailure(toErrorReport(error)),
    );
    return () => {
      shown = false;
    };
  }, [read]);
  return { value, failure };
}
