import { type BarLayout, layBars } from '../../../../main/engine/score/import/lay-bars.ts';
import { joinTies } from '../../../../main/engine/score/import/musicxml-to-grid.ts';
import type { ReadItem, ReadPart } from '../../../../main/engine/score/musicxml-content.ts';

/** A note as a page shows it; ties joined, its look that of its first symbol. */
export interface PrintedNote {
  /** Ticks of the beat grid. */
  start: number;
  duration: number;
  pitch: number;
  /** Name without octave, such as `Bb`. */
  name: string;
  staff: number;
  voice: string;
  bar: number;
  /** Such as `eighth.` */
  symbol: string;
  /** State of the first beam, `none` where a flag or nothing is printed. */
  beam: string;
}

export interface PrintedPage {
  notes: PrintedNote[];
  /** Signature of every bar. */
  fifths: number[];
  /** Note heads, tied ones included. */
  heads: number;
  rests: number;
  ties: number;
  accidentals: number;
  layout: BarLayout;
}

/** What one or two parts of one instrument show: staves of further parts are counted on. */
export function readPage(parts: readonly ReadPart[]): PrintedPage {
  const layout = layBars(parts[0]!.measures);
  const page: PrintedPage = { notes: [], fifths: [], heads: 0, rests: 0, ties: 0, accidentals: 0, layout };
  const barAt = (tick: number) => layout.bars.findLastIndex((bar) => bar.start <= tick);
  parts[0]!.measures.forEach((measure, index) => {
    page.fifths[barAt(layout.toTick(index, 0))] ??= measure.fifths;
  });
  let staves = 0;
  for (const part of parts) {
    readPart(part, staves, page, barAt);
    staves += Math.max(...part.measures.flatMap(({ items }) => items.map((item) => item.staff)), 1);
  }
  page.notes.sort((a, b) => a.start - b.start || a.pitch - b.pitch);
  return page;
}

function readPart(part: ReadPart, staves: number, page: PrintedPage, barAt: (tick: number) => number): void {
  for (const item of part.measures.flatMap(({ items }) => items)) {
    if (item.cue) continue;
    if (item.kind === 'rest' && item.printed) page.rests++;
    if (item.kind !== 'note' || !item.pitch || item.duration <= 0) continue;
    page.heads++;
    if (item.accidental !== null) page.accidentals++;
    if (item.tieStart) page.ties++;
  }
  for (const { start, end, item, chord } of joinTies(part, page.layout)) {
    page.notes.push({
      start,
      duration: end - start,
      pitch: item.pitch!.midi,
      name: nameOf(item),
      staff: item.staff + staves,
      voice: `${staves} ${item.voice}`,
      bar: barAt(start),
      symbol: `${item.type}${'.'.repeat(item.dots)}`,
      beam: chord.beams[0] ?? 'none',
    });
  }
}

function nameOf({ pitch }: ReadItem): string {
  const { step, alter } = pitch!;
  return `${step}${alter < 0 ? 'b'.repeat(-alter) : '#'.repeat(alter)}`;
}
