import { checkAccidentals } from './check-accidentals.ts';
import { checkHands } from './check-hands.ts';
import { checkMeasures } from './check-measures.ts';
import { checkSpanners } from './check-spanners.ts';
import { readParts } from './musicxml-content.ts';

/** Something in a score that a musician or a notation program would stumble over. */
export interface Finding {
  code: FindingCode;
  part: string;
  /** Number of the measure as printed. */
  measure: string;
  message: string;
}

export type FindingCode =
  | 'measure-length'
  | 'measure-number'
  | 'measure-cursor'
  | 'barline'
  | 'divisions'
  | 'voice-overlap'
  | 'voice-gap'
  | 'voice-staff'
  | 'voice-count'
  | 'value'
  | 'range'
  | 'harmony'
  | 'tie'
  | 'beam'
  | 'tuplet'
  | 'accidental'
  | 'span'
  | 'unison';

export type Report = (code: FindingCode, measure: string, message: string) => void;

export interface CheckOptions {
  /** Widest grip of a staff of a two-staff part, in semitones; not checked where it is not given. */
  span?: number;
}

/** Times in quarters are sums of fractions: closer than this they are equal. */
export const EPSILON = 1e-6;

/**
 * Checks what the schema cannot: that voices fill their measures, that ties, beams and tuplets open and close, that a
 * voice keeps its staff, that accidentals agree with the measure so far, that values spell durations, that notes are
 * on the piano, chord symbols inside their measure, and that both hands never strike one key together.
 *
 * @throws SongleafError `score-invalid` where the text is no partwise MusicXML
 */
export function checkScore(xml: string, options: CheckOptions = {}): Finding[] {
  const findings: Finding[] = [];
  for (const part of readParts(xml)) {
    const report: Report = (code, measure, message) =>
      findings.push({ code, part: part.id, measure, message });
    checkMeasures(part.measures, report);
    checkSpanners(part.measures, report);
    checkAccidentals(part.measures, report);
    checkHands(part.measures, options, report);
  }
  return findings;
}
