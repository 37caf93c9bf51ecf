/** A figure beside what is aimed at. */
export interface Figure {
  what: string;
  value: number;
  unit: 'ms' | 's' | 'MB' | '%' | '';
  /** At most this; null where nothing is aimed at. */
  budget: number | null;
}

/** Prints figures as a table in Markdown, and says which aims were missed. */
export function printTable(title: string, figures: readonly Figure[]): void {
  console.log(`\n## ${title}\n\n| | measured | aim | |\n|---|---|---|---|`);
  for (const { what, value, unit, budget } of figures) {
    const shown = (x: number) => `${x.toFixed(unit === 'ms' || unit === 'MB' ? 0 : 1)} ${unit}`.trim();
    const verdict = budget === null ? '' : value <= budget ? 'met' : '**missed**';
    console.log(
      `| ${what} | ${shown(value)} | ${budget === null ? '' : `≤ ${shown(budget)}`} | ${verdict} |`,
    );
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
