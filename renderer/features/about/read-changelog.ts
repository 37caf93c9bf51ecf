export interface VersionChanges {
  version: string;
  changes: readonly string[];
}

/** Reads CHANGELOG.md: a heading of the second level for each version, and a list below it. */
export function readChangelog(markdown: string): readonly VersionChanges[] {
  const versions: { version: string; changes: string[] }[] = [];
  for (const line of markdown.split('\n')) {
    const heading = /^## (.+)$/.exec(line)?.[1];
    const item = /^- (.+)$/.exec(line)?.[1];
    const more = /^ {2}(\S.*)$/.exec(line)?.[1];
    const last = versions.at(-1);
    if (heading !== undefined) versions.push({ version: heading.trim(), changes: [] });
    else if (item !== undefined) last?.changes.push(item.trim());
    else if (more !== undefined && last?.changes.length)
      last.changes.push(`${last.changes.pop()} ${more.trim()}`);
  }
  return versions;
}
