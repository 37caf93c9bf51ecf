import type { Analysis } from '../contract/analysis.ts';
import type { Arrangement, ArrangeSettings } from '../contract/arrangement.ts';
import { SongleafError } from '../contract/errors.ts';
import type { Engine, Heard, WorkTools } from './engine.ts';
import type { Library } from './library/library.ts';
import { progressAt } from './progress.ts';
import { decodeEvidence, encodeEvidence } from './transcription/evidence-file.ts';
import { ENGINE_VERSION } from './version.ts';

/** What is at hand of a song once it has been analysed. */
export interface Analysed {
  analysis: Analysis;
  heard: Heard;
}

/**
 * Brings a song of the library to an analysis, from wherever it stopped: each finished stage (evidence, analysis) is
 * saved at once and found again, so that work cut off goes on from there.
 * @throws SongleafError `song-unknown`, `file-not-found` and what hearing can throw
 */
export async function analyseSong(
  engine: Engine,
  library: Library,
  songId: string,
  now: () => number,
  tools: WorkTools,
): Promise<Analysed> {
  const heard = await hearSong(engine, library, songId, now, tools);
  const stored = library.analyses.get(songId);
  if (stored && (stored.edited || stored.analysis.engine === ENGINE_VERSION)) {
    return { heard, analysis: stored.analysis };
  }
  const analysis = await engine.analyse(heard, tools);
  library.analyses.put(analysis, { createdAt: now() });
  return { heard, analysis };
}

/** Writes one take of a song of the library and saves it. Throws like `analyseSong`. */
export async function arrangeSong(
  engine: Engine,
  library: Library,
  songId: string,
  settings: ArrangeSettings,
  now: () => number,
  tools: WorkTools,
): Promise<Arrangement> {
  const { analysis, heard } = await analyseSong(engine, library, songId, now, tools);
  const arrangement = await engine.arrange(analysis, heard.evidence, settings, tools);
  tools.onProgress?.(progressAt('write', 0));
  library.takes.add(arrangement, now());
  tools.onProgress?.(progressAt('write', 1));
  return arrangement;
}

async function hearSong(
  engine: Engine,
  library: Library,
  songId: string,
  now: () => number,
  tools: WorkTools,
): Promise<Heard> {
  const row = library.songs.get(songId);
  const { title, artist, album, duration } = row;
  const bytes = library.evidence.read(songId, ENGINE_VERSION);
  if (bytes) {
    return {
      song: { hash: songId, title, artist, album, duration },
      evidence: decodeEvidence(bytes, `of “${title}”`),
      notes: [],
    };
  }
  const heard = await engine.hear(row.path, tools);
  if (heard.song.hash !== songId) {
    throw new SongleafError(
      'analysis-mismatch',
      `${row.path} is no longer the file that was imported as “${title}”.`,
      'Import the file again: it counts as a new song.',
    );
  }
  library.evidence.put(songId, encodeEvidence(heard.evidence), { engine: ENGINE_VERSION, createdAt: now() });
  return heard;
}
