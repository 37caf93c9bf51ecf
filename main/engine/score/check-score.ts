import { checkAccidentals } from './check-accidentals.ts';
import { checkHands } from './check-hands.ts';
import { checkLines } from './check-lines.ts';
import { checkMeasures } from './check-measures.ts';
import { checkSpanners } from './check-spanners.ts';
import { readParts } from './musicxml-content.ts';

/** Something in a score that a musician or a notation program would stumble over. */
export interface Finding {
  code: FindingCode;
  part: string;
  /** Number of the measure as printed. */
  measure: string;
  /** Null where it concerns the whole measure. */
  staff: number | null;
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
  | 'slur'
  | 'pedal'
  | 'octave-shift'
  | 'wedge'
  | 'accidental'
  | 'span'
  | 'unison';

export type Report = (code: FindingCode, measure: string, message: string, staff?: number) => void;

export interface CheckOptions {
  /** Widest grip of a staff of a two-staff part, in semitones; not checked where it is not given. */
  span?: number;
  /**
   * Whether another program may have written the file: then a `forward` without a voice may fill a voice, staves may
   * have up to four voices, which may visit the other staff within a bar, divisions may change, beams may cross bar
   * lines, and other instruments than a piano may play.
   */
  foreign?: boolean;
}

/** Times in quarters are sums of fractions: closer than this they are equal. */
export const EPSILON = 1e-6;

/**
 * Checks what the schema cannot: that voices fill their measures, that ties, beams, tuplets,
 * slurs, pedals, octave lines and wedges open and close, that a voice keeps its staff, that accidentals agree with the measure so far, that values spell durations, that notes are
 * on the piano, chord symbols inside their measure, and that both hands never strike one key together.
 *
 * @throws SongleafError `score-invalid` where the text is no partwise MusicXML
 */
export function checkScore(xml: string, options: CheckOptions = {}): Finding[] {
  const findings: Finding[] = [];
  for (const part of readParts(xml)) {
    const report: Report = (code, measure, message, staff) =>
      findings.push({ code, part: part.id, measure, staff: staff ?? null, message });
    checkMeasures(part.measures, options, report);
    checkSpanners(part.measures, options, report);
    checkLines(part.measures, report);
    checkAccidentals(part.measures, report);
    checkHands(part.measures, options, report);
  }
  return findings;
}
