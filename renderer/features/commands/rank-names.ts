/** Lower case without accents, so that "ubernehmen" finds "Übernehmen". */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
}

/** Those whose name holds every word of the query, the ones that begin with it first; else in their order. */
export function rankNames<T extends { name: string }>(entries: readonly T[], query: string): readonly T[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries;
  const rank = (entry: T) => {
    const name = plain(entry.name);
    if (!words.every((word) => name.includes(word))) return 3;
    if (name.startsWith(words[0]!)) return 0;
    return name.split(/\s+/).some((part) => part.startsWith(words[0]!)) ? 1 : 2;
  };
  return entries
    .map((entry) => ({ entry, rank: rank(entry) }))
    .filter((each) => each.rank < 3)
    .toSorted((a, b) => a.rank - b.rank)
    .map((each) => each.entry);
}
