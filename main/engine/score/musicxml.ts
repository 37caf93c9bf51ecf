import { type HeaderOptions, writeHeader } from './musicxml-header.ts';
import { writeMeasure } from './musicxml-measure.ts';
import type { Score } from './score.ts';
import { buildDocument, el } from './xml.ts';

/**
 * Writes a score as MusicXML 4.0 (W3C Community Group, 2021), partwise, without a document type: readers need no
 * network. The same score and options give the same bytes.
 *
 * @throws RangeError where `date` is not of the form 2024-12-31
 */
export function writeMusicXml(score: Score, options: HeaderOptions): string {
  const parts = score.parts.map((part, order) =>
    el(
      'part',
      part.measures.map((measure, at) =>
        writeMeasure(measure, part, at === 0, score.parts[order - 1]?.sung ?? false),
      ),
      { id: part.id },
    ),
  );
  return buildDocument(el('score-partwise', [...writeHeader(score, options), ...parts], { version: '4.0' }));
}
