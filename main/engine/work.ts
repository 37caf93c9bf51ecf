import type { Analysis } from '../contract/analysis.ts';
import type { Arrangement, ArrangeSettings } from '../contract/arrangement.ts';
import { SongleafError } from '../contract/errors.ts';
import type { SeparateMode } from '../contract/separation.ts';
import type { Engine, Heard, WorkTools } from './engine.ts';
import { nullIfCorrupt } from './library/json.ts';
import type { Library } from './library/library.ts';
import type { StemPaths } from './library/stem-files.ts';
import { progressAt } from './progress.ts';
import { openScore } from './scores.ts';
import { decodeEvidence, encodeEvidence } from './transcription/evidence-file.ts';
import { gatherStages, hasStage, pickStage, type StageStore } from './transcription/evidence-stages.ts';
import { ENGINE_VERSION } from './version.ts';
import { workCancelled } from './work-cancelled.ts';

export interface SongTools extends WorkTools {
  /** `auto` where left out. */
  separate?: SeparateMode;
}

/** What is at hand of a song once it has been analysed. */
export interface Analysed {
  analysis: Analysis;
  heard: Heard;
}

/**
 * Brings a song of the library to an analysis, from wherever it stopped: each finished stage (notes, chords, voice,
 * analysis) is saved at once and found again, so that work cut off goes on from there.
 * @throws SongleafError `song-unknown`, `file-not-found` and what hearing can throw
 */
export async function analyseSong(
  engine: Engine,
  library: Library,
  songId: string,
  now: () => number,
  tools: SongTools,
): Promise<Analysed> {
  const { heard, fresh } = await hearSong(engine, library, songId, now, tools);
  // A new one takes the place of one that cannot be read.
  const read = () => nullIfCorrupt(() => library.analyses.get(songId));
  const stored = read();
  if (stored && (stored.edited || (stored.analysis.engine === ENGINE_VERSION && !fresh))) {
    return { heard, analysis: stored.analysis };
  }
  const analysis = await engine.analyse(heard, tools);
  stopIfCancelled(tools);
  const meanwhile = read();
  if (meanwhile?.edited) return { heard, analysis: meanwhile.analysis };
  library.analyses.put(analysis, { createdAt: now() });
  return { heard, analysis };
}

/** What was made after a person broke the work off is not kept. @throws SongleafError `cancelled` */
function stopIfCancelled({ signal }: WorkTools): void {
  if (signal?.aborted) throw workCancelled();
}

/** Writes one take of a song of the library and saves it. Throws like `analyseSong`. */
export async function arrangeSong(
  engine: Engine,
  library: Library,
  songId: string,
  settings: ArrangeSettings,
  now: () => number,
  tools: SongTools,
): Promise<Arrangement> {
  const { analysis, heard } = await analyseSong(engine, library, songId, now, tools);
  const arrangement = await engine.arrange(analysis, heard.evidence, settings, tools);
  stopIfCancelled(tools);
  tools.onProgress?.(progressAt('write', 0));
  const { id } = library.takes.add(arrangement, now());
  engraveAhead(library, id);
  tools.onProgress?.(progressAt('write', 1));
  return arrangement;
}

/** Engraves a take before anybody opens it, so that it opens at once. */
function engraveAhead(library: Library, takeId: string): void {
  try {
    openScore(library, takeId, library.takes.getArrangement(takeId));
  } catch {
    // Whoever opens it is told.
  }
}

/**
 * Writes bars of a take again, those of the last of `settings.rolls`, and saves the outcome as a further take.
 * @throws SongleafError `bad-request` where the take is gone, and what `analyseSong` and `Engine.rollBars` can throw
 */
export async function rollTake(
  engine: Engine,
  library: Library,
  takeId: string,
  settings: ArrangeSettings,
  now: () => number,
  tools: SongTools,
): Promise<Arrangement> {
  const { songId } = library.takes.get(takeId);
  const take = library.takes.getArrangement(takeId);
  const roll = settings.rolls?.at(-1);
  if (!roll) {
    throw new SongleafError('bad-request', 'No bars were named to be written again.', 'Choose some bars.');
  }
  const { analysis, heard } = await analyseSong(engine, library, songId, now, tools);
  const arrangement = await engine.rollBars(take, analysis, heard.evidence, roll, tools);
  stopIfCancelled(tools);
  tools.onProgress?.(progressAt('write', 0));
  const { id } = library.takes.add(arrangement, now(), { kind: 'roll', takeId, ...roll });
  engraveAhead(library, id);
  tools.onProgress?.(progressAt('write', 1));
  return arrangement;
}

/** What is heard in a song: from the library as far as it is there, now for the rest. Throws like `analyseSong`. */
export async function hearSong(
  engine: Engine,
  library: Library,
  songId: string,
  now: () => number,
  tools: SongTools,
): Promise<{ heard: Heard; fresh: boolean }> {
  const { title, artist, album, duration, path } = library.songs.get(songId);
  const stages = stagesIn(library, songId, now);
  const { evidence, missing } = gatherStages(stages, tools.separate ?? 'auto');
  // The recording itself is not needed, and may be gone, where all has been heard.
  if (missing.length === 0) {
    return {
      heard: { song: { hash: songId, title, artist, album, duration }, evidence, notes: [] },
      fresh: false,
    };
  }
  const heard = await engine.hear(path, {
    ...tools,
    stagesOf: (song) => {
      if (song.hash !== songId) {
        throw new SongleafError(
          'analysis-mismatch',
          `${path} is no longer the file that was imported as “${title}”.`,
          'Import the file again: it counts as a new song.',
        );
      }
      // What is known has been read and unpacked already.
      return { ...stages, read: (stage) => (hasStage(evidence, stage) ? pickStage(evidence, stage) : null) };
    },
  });
  return { heard, fresh: true };
}

/** Keeps what each stage hears of a song in the library, as soon as it is done. */
export function stagesIn(library: Library, songId: string, now: () => number): StageStore {
  const engine = ENGINE_VERSION;
  return {
    read(stage) {
      const bytes = library.evidence.read(songId, stage, engine);
      return bytes && decodeEvidence(bytes, `of song ${songId}`);
    },
    write(stage, part) {
      library.evidence.put(songId, stage, encodeEvidence(part), { engine, createdAt: now() });
    },
  };
}

/**
 * The song's stems as files in the library, made now where they are not there. The cache is bounded, so a path may be
 * gone later: ask again.
 * @throws SongleafError `song-unknown`, `file-not-found` and what separating can throw
 */
export async function stemsOf(
  engine: Engine,
  library: Library,
  songId: string,
  tools: WorkTools = {},
): Promise<StemPaths> {
  const song = library.songs.get(songId);
  const known = library.stems.find(songId, ENGINE_VERSION);
  if (known) return known;
  const paths = library.stems.place(songId, ENGINE_VERSION);
  await engine.separate(song.path, paths, tools);
  library.stems.trim(songId);
  return paths;
}
