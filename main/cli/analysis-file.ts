import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Analysis, analysisSchema } from '../contract/analysis.ts';
import { SongleafError } from '../contract/errors.ts';
import { readSong } from '../engine/song-file.ts';
import type { Evidence } from '../engine/transcription/evidence.ts';
import { decodeEvidence } from '../engine/transcription/evidence-file.ts';

/** Name of the file beside an analysis that holds what was heard; found by the song's content, not its name. */
export function evidenceFileName(hash: string): string {
  return `${hash}.evidence`;
}

/**
 * Reads an analysis, perhaps corrected by hand, and makes sure that it is of this song.
 * @throws SongleafError `file-not-found`, `analysis-invalid`, `analysis-mismatch`
 */
export async function readAnalysisFile(file: string, song: string): Promise<Analysis> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new SongleafError(
      'file-not-found',
      `The analysis ${file} cannot be read.`,
      'Make one: songleaf analyse SONG --out DIR',
      { cause },
    );
  }
  let parsed: ReturnType<typeof analysisSchema.safeParse>;
  try {
    parsed = analysisSchema.safeParse(JSON.parse(text));
  } catch (cause) {
    throw new SongleafError('analysis-invalid', `${file} is not JSON.`, 'Undo the last change to it.', {
      cause,
    });
  }
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new SongleafError(
      'analysis-invalid',
      `${file} is not an analysis: at ${issue.path.join('.') || 'its top'}: ${issue.message}.`,
      'Undo the last change to it, or analyse the song again.',
    );
  }
  const { hash } = await readSong(song);
  if (parsed.data.song.hash !== hash) {
    throw new SongleafError(
      'analysis-mismatch',
      `${file} is an analysis of “${parsed.data.song.title}”, not of ${song}.`,
      'Name the recording that it was made from.',
    );
  }
  return parsed.data;
}

/** What was heard when the analysis was made, if it still lies beside it. Throws where it is damaged. */
export async function readSavedEvidence(analysisFile: string, hash: string): Promise<Evidence | null> {
  const file = path.join(path.dirname(analysisFile), evidenceFileName(hash));
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new SongleafError('file-unreadable', `${file} cannot be read.`, 'Check that you may read it.', {
      cause: error,
    });
  }
  return decodeEvidence(bytes, file);
}
