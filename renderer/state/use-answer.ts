import { useEffect, useState } from 'react';
import { type ErrorReport, toErrorReport } from '../../main/contract/errors.ts';

export type Answer<T> = { value: T } | { error: ErrorReport };

/**
 * The answer to what a key stands for; null until it is there, and what was answered for another key is none.
 * @param ask asks for it; null where there is nothing to ask
 */
export function useAnswer<T>(key: string, ask: (() => Promise<T>) | null): Answer<T> | null {
  const [answered, setAnswered] = useState<{ key: string; answer: Answer<T> } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that matters of the question
  useEffect(() => {
    if (ask === null) return;
    let current = true;
    const settle = (answer: Answer<T>) => {
      if (current) setAnswered({ key, answer });
    };
    ask().then(
      (value) => settle({ value }),
      (error: unknown) => settle({ error: toErrorReport(error) }),
    );
    return () => {
      current = false;
    };
  }, [key]);
  return answered?.key === key ? answered.answer : null;
}
