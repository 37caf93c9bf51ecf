import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { arrangeSettingsSchema } from '../../../main/contract/arrangement.ts';
import { Engine } from '../../../main/engine/engine.ts';
import { type Library, openLibrary } from '../../../main/engine/library/library.ts';
import { Separations } from '../../../main/engine/separations.ts';
import { BEAT_VALUES, CHORD_VALUES } from '../../../main/engine/transcription/evidence.ts';
import { allocateEvidence, encodeEvidence } from '../../../main/engine/transcription/evidence-file.ts';
import { hasStage, heardStages, pickStage } from '../../../main/engine/transcription/evidence-stages.ts';
import { ENGINE_VERSION } from '../../../main/engine/version.ts';
import { analyseSong, arrangeSong } from '../../../main/engine/work.ts';
import { DAY_ONE, makeAnalysis, makeFile, makeFolder, makeSong, removeFolder } from '../library/fixtures.ts';

const song = makeSong(1);
/** Nothing is heard in it, but all of it has been listened to. */
const evidence = {
  ...allocateEvidence(8),
  ...{ beatFrames: 8, beats: new Uint8Array(8 * BEAT_VALUES) },
  ...{ chordFrames: 8, chords: new Uint8Array(8 * CHORD_VALUES) },
};

/** An engine of which it is known what it finds, and when. */
class WatchedEngine extends Engine {
  meanwhile: () => void = () => undefined;

  override analyse() {
    this.meanwhile();
    return Promise.resolve(makeAnalysis(song));
  }
}

const tools = { separate: 'never' } as const;
const now = () => DAY_ONE;
let folder: string;
let library: Library;
let engine: WatchedEngine;
beforeEach(() => {
  folder = makeFolder();
  library = openLibrary(folder);
  library.songs.add(song, makeFile(1), DAY_ONE);
  for (const stage of heardStages.filter((each) => hasStage(evidence, each))) {
    const bytes = encodeEvidence(pickStage(evidence, stage));
    library.evidence.put(song.hash, stage, bytes, { engine: ENGINE_VERSION, createdAt: DAY_ONE });
  }
  engine = new WatchedEngine({ device: 'cpu' });
});
afterEach(async () => {
  await engine.close();
  library.close();
  removeFolder(folder);
});

describe('work on a song of the library', () => {
  it('leaves a correction alone that was made while it analysed', async () => {
    library.analyses.put({ ...makeAnalysis(song), engine: '0.0.1' }, { createdAt: DAY_ONE });
    engine.meanwhile = () =>
      library.corrections.add(makeAnalysis(song, 99), { kind: 'shift', beats: 1 }, DAY_ONE);
    const { analysis } = await analyseSong(engine, library, song.hash, now, tools);
    expect(analysis.tempo.bpm).toBe(99);
    expect(library.analyses.get(song.hash)).toMatchObject({ edited: true, analysis: { tempo: { bpm: 99 } } });
    expect(library.corrections.peek(song.hash).undo).toEqual({ kind: 'shift', beats: 1 });
  });

  it('puts an analysis in the place of one that cannot be read', async () => {
    library.analyses.put(makeAnalysis(song), { createdAt: DAY_ONE });
    const other = new Database(`${folder}/library.db`);
    other.exec("UPDATE analyses SET json = '{}'");
    other.close();
    const { analysis } = await analyseSong(engine, library, song.hash, now, tools);
    expect(library.analyses.get(song.hash)?.analysis).toEqual(analysis);
  });

  it('keeps nothing once it was cancelled', async () => {
    const cancel = new AbortController();
    engine.meanwhile = () => cancel.abort();
    const asked = { ...tools, signal: cancel.signal };
    const settings = arrangeSettingsSchema.parse({ model: 'chords' });
    await expect(arrangeSong(engine, library, song.hash, settings, now, asked)).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(library.analyses.get(song.hash)).toBeNull();
    expect(library.takes.list(song.hash)).toEqual([]);
  });
});

describe('separations', () => {
  it('that wait for their turn end at once when they are stopped', async () => {
    const begun: string[] = [];
    const separations = new Separations(
      (songId, signal) =>
        new Promise((_, reject) => {
          begun.push(songId);
          signal.addEventListener('abort', () => reject(new Error('stopped')));
        }),
    );
    const first = separations.make('first').catch(() => 'stopped');
    const second = expect(separations.make('second')).rejects.toMatchObject({ code: 'cancelled' });
    await separations.stop('second');
    await second;
    const third = separations.make('third').catch(() => 'stopped');
    expect(begun).toEqual(['first']);
    await separations.stop('first');
    expect(await first).toBe('stopped');
    await new Promise((resolve) => setTimeout(resolve));
    expect(begun).toEqual(['first', 'third']);
    await separations.stop();
    expect(await third).toBe('stopped');
  });
});
