import type { Evidence } from '../transcription/evidence.ts';

/**
 * Remembers what was made last of each song's evidence, as long as somebody holds that: takes of one song share it.
 * @returns a function that makes something anew only where one of the things it is `from` is another than last time
 */
export function keepLast<T>(): (
  evidence: Evidence,
  from: readonly unknown[],
  make: () => Promise<T>,
) => Promise<T> {
  const kept = new WeakMap<Evidence, { from: readonly unknown[]; made: T }>();
  return async (evidence, from, make) => {
    const known = kept.get(evidence);
    if (known?.from.every((each, i) => each === from[i])) return known.made;
    const made = await make();
    kept.set(evidence, { from, made });
    return made;
  };
}
