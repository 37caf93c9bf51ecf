import { useEffect, useState } from 'react';
import { type ErrorReport, toErrorReport } from '../../../main/contract/errors.ts';
import type { Take } from '../../../main/contract/library.ts';
import { useLibrary } from '../../state/use-library.tsx';

export type Compared =
  | { state: 'opening' }
  | { state: 'open'; differences: readonly number[] }
  | { state: 'failed'; error: ErrorReport };

const OPENING: Compared = { state: 'opening' };

/** Where takes differ, bar by bar; read again when one of them is mended. */
export function useCompared(takes: readonly Take[]): Compared {
  const compare = useLibrary((library) => library.takeDesk.compare);
  const [compared, setCompared] = useState<{ key: string; found: Compared } | null>(null);
  const key = takes.map(({ id, revision }) => `${id} ${revision}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that matters of the takes
  useEffect(() => {
    if (takes.length < 2) return;
    let current = true;
    compare(takes).then(
      ({ differences }) => {
        if (current) setCompared({ key, found: { state: 'open', differences } });
      },
      (error: unknown) => {
        if (current) setCompared({ key, found: { state: 'failed', error: toErrorReport(error) } });
      },
    );
    return () => {
      current = false;
    };
  }, [key, compare]);
  return compared?.key === key ? compared.found : OPENING;
}
