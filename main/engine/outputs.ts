import type { Analysis } from '../contract/analysis.ts';
import type { Arrangement } from '../contract/arrangement.ts';
import type { ExportFormat } from '../contract/export.ts';
import { defaultScoreOptions, type ScoreOptions } from '../contract/score-options.ts';
import { engrave } from './score/engrave.ts';
import { engraveTogether } from './score/engrave-together.ts';
import { writeJams } from './score/jams.ts';
import { writePerformanceMidi } from './score/midi-performance.ts';
import { writeScoreMidi } from './score/midi-score.ts';
import { writeMusicXml } from './score/musicxml.ts';
import { writeMxl } from './score/mxl.ts';
import { readPrint } from './score/reading.ts';
import { transpose } from './score/transpose.ts';
import { ENGINE_DATE, ENGINE_VERSION } from './version.ts';

export interface Output {
  /** Media type. */
  type: string;
  bytes: Uint8Array;
}

/** Media types of the formats; the format's name is the file's extension. */
const types: Record<ExportFormat, string> = {
  musicxml: 'application/vnd.recordare.musicxml+xml',
  mxl: 'application/vnd.recordare.musicxml',
  mid: 'audio/midi',
  'score.mid': 'audio/midi',
  jams: 'application/json',
};

/** The take's engraved score as MusicXML 4.0 text. @throws SongleafError `score-invalid`, `bad-request`, see `engrave` */
export function scoreOf(arrangement: Arrangement, options: ScoreOptions = defaultScoreOptions): string {
  const { largePrint } = options;
  const software = `Songleaf ${ENGINE_VERSION}`;
  return writeMusicXml(engrave(arrangement, options), { software, date: ENGINE_DATE, largePrint });
}

/**
 * Takes with the same bars one under the other, as MusicXML 4.0 text, and how many staves each has.
 * @throws SongleafError what `engrave` throws
 */
export function scoreTogether(
  takes: readonly { name: string; arrangement: Arrangement }[],
  transpose = 0,
): { musicxml: string; staves: number[] } {
  const { score, staves } = engraveTogether(takes, transpose);
  const software = `Songleaf ${ENGINE_VERSION}`;
  return { musicxml: writeMusicXml(score, { software, date: ENGINE_DATE, largePrint: false }), staves };
}

/**
 * Music that was read from a file, engraved as MusicXML 4.0 text: its hands reach what printed music asks for.
 *
 * @throws SongleafError `score-invalid`, `bad-request`, see `engrave`
 */
export function scoreOfPrint(arrangement: Arrangement, options: ScoreOptions = defaultScoreOptions): string {
  const { largePrint } = options;
  const software = `Songleaf ${ENGINE_VERSION}`;
  const score = engrave(arrangement, options, readPrint(arrangement));
  return writeMusicXml(score, { software, date: ENGINE_DATE, largePrint });
}

/** Writes a take, or for `jams` the analysis it was made from, in one format. Throws what reading the analysis throws. */
export function writeOutput(
  format: ExportFormat,
  arrangement: Arrangement,
  readAnalysis: () => Analysis,
  options: ScoreOptions = defaultScoreOptions,
): Output {
  const type = types[format];
  switch (format) {
    case 'musicxml':
      return { type, bytes: Buffer.from(scoreOf(arrangement, options)) };
    case 'mxl':
      return { type, bytes: writeMxl(scoreOf(arrangement, options), 'score.musicxml') };
    case 'mid':
      return { type, bytes: writePerformanceMidi(transpose(arrangement, options.transpose)) };
    case 'score.mid':
      return { type, bytes: writeScoreMidi(transpose(arrangement, options.transpose)) };
    case 'jams':
      return { type, bytes: Buffer.from(writeJams(readAnalysis())) };
  }
}

/** Whether a format describes one take or the song as a whole. */
export function isPerTake(format: ExportFormat): boolean {
  return format !== 'jams';
}
