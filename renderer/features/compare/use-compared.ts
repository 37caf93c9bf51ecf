import type { Take } from '../../../main/contract/library.ts';
import type { Comparison } from '../../../main/contract/takes.ts';
import { type Answer, useAnswer } from '../../state/use-answer.ts';
import { useLibrary } from '../../state/use-library.tsx';

/** Where takes differ, bar by bar; read again when one of them is mended. Null while they are compared. */
export function useCompared(takes: readonly Take[]): Answer<Comparison> | null {
  const compare = useLibrary((library) => library.takeDesk.compare);
  const key = takes.map(({ id, revision }) => `${id} ${revision}`).join();
  return useAnswer(key, takes.length < 2 ? null : () => compare(takes));
}
