/**
 * Remembers what was made last of each thing, as a song's evidence, as long as somebody holds that: takes of one song
 * share it.
 * @returns a function that makes something anew only where one of the things it is `from` is another than last time
 */
export function keepLast<K extends object, T>(): (
  of: K,
  from: readonly unknown[],
  make: () => Promise<T>,
) => Promise<T> {
  const kept = new WeakMap<K, { from: readonly unknown[]; made: T }>();
  return async (of, from, make) => {
    const known = kept.get(of);
    if (known?.from.every((each, i) => each === from[i])) return known.made;
    const made = await make();
    kept.set(of, { from, made });
    return made;
  };
}
