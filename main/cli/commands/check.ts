import path from 'node:path';
import { SongleafError, toErrorReport } from '../../contract/errors.ts';
import { checkScore, type Finding } from '../../engine/score/check-score.ts';
import { readScoreFile } from '../../engine/score/import/read-score.ts';
import { unpackMusicXml } from '../../engine/score/import/unpack-mxl.ts';
import { reportFailure } from '../report.ts';
import { printJson } from './each-song.ts';

export interface CheckFlags {
  span: number;
  json?: boolean;
}

/**
 * `songleaf check`: prints what a musician or a notation program would stumble over in MusicXML files, one finding a
 * line, and exits with 1 where there is any, or where a file cannot be read.
 */
export async function checkCommand(files: string[], flags: CheckFlags, signal: AbortSignal): Promise<void> {
  for (const file of files) {
    if (signal.aborted) break;
    try {
      const findings = checkScore(unpackMusicXml(await readScoreFile(file)), {
        span: flags.span,
        foreign: true,
      });
      if (findings.length > 0) process.exitCode = 1;
      if (flags.json) printJson({ file, ok: true, findings });
      else print(file, findings);
    } catch (error) {
      if (!(error instanceof SongleafError)) throw error;
      process.exitCode = 1;
      process.stderr.write(`${path.basename(file)}:\n`);
      reportFailure(error);
      if (flags.json) printJson({ file, ok: false, error: toErrorReport(error) });
    }
  }
}

function print(file: string, findings: readonly Finding[]): void {
  const name = path.basename(file);
  for (const { part, measure, staff, message, code } of findings) {
    const place = [`part ${part}`, `bar ${measure}`, ...(staff === null ? [] : [`staff ${staff}`])].join(
      ', ',
    );
    process.stdout.write(`${name}: ${place}: ${message} [${code}]\n`);
  }
  const count = findings.length === 1 ? '1 finding' : `${findings.length} findings`;
  process.stdout.write(`${name}: ${findings.length === 0 ? 'nothing found' : count}\n`);
}
