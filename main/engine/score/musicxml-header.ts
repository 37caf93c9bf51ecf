import type { Part, Score } from './score.ts';
import { type Element, el } from './xml.ts';

export interface HeaderOptions {
  /** Name and version of the program that writes the file. */
  software: string;
  /** Day of writing, as 2024-12-31. */
  date: string;
  /** Staves half as large again. */
  largePrint?: boolean;
}

/** Height of a staff in mm: of printed piano music, and for eyes that need more. */
const STAFF = 7;
const LARGE_STAFF = 10;

export function writeHeader(score: Score, { software, date, largePrint = false }: HeaderOptions): Element[] {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new RangeError(`Not a date of the form 2024-12-31: ${date}`);
  const identification = el('identification', [
    score.composer === '' ? null : el('creator', score.composer, { type: 'composer' }),
    el('creator', 'Songleaf', { type: 'arranger' }),
    el('encoding', [
      el('software', software),
      el('encoding-date', date),
      el('supports', [], { element: 'accidental', type: 'yes' }),
      el('supports', [], { element: 'beam', type: 'yes' }),
      // Stems are given only where two voices share a staff: readers choose the others.
      el('supports', [], { element: 'stem', type: 'no' }),
      el('supports', [], { element: 'print', attribute: 'new-page', type: 'no' }),
      el('supports', [], { element: 'print', attribute: 'new-system', type: 'yes', value: 'yes' }),
    ]),
  ]);
  return [
    el('work', [el('work-title', score.title)]),
    identification,
    largePrint ? writeScaling(LARGE_STAFF) : writeScaling(STAFF),
    el('part-list', score.parts.map(writeScorePart)),
  ];
}

/** A staff is 40 tenths high. */
function writeScaling(millimetres: number): Element {
  return el('defaults', [el('scaling', [el('millimeters', millimetres), el('tenths', 40)])]);
}

function writeScorePart(part: Part, at: number): Element {
  const instrument = { id: `${part.id}-I1` };
  return el(
    'score-part',
    [
      el('part-name', part.name),
      el('part-abbreviation', part.abbreviation),
      el('score-instrument', [el('instrument-name', part.name)], instrument),
      el('midi-instrument', [el('midi-channel', at + 1), el('midi-program', part.program)], instrument),
    ],
    { id: part.id },
  );
}
