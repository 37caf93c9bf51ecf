import type { EngineCalls, EventName, EventPayload } from '../contract/calls.ts';
import { SongleafError, toErrorReport } from '../contract/errors.ts';
import type { SeparateMode } from '../contract/separation.ts';
import type { Settings } from '../contract/settings.ts';
import { isAudioFile } from './audio/formats.ts';
import { hashFileAt } from './audio/hash-file.ts';
import { describePerformance } from './audio-out/perform.ts';
import { CorrectionDesk } from './corrections/correction-desk.ts';
import { Engine, type EngineOptions } from './engine.ts';
import { addExample } from './example.ts';
import { createQueue } from './jobs/queue.ts';
import { importPaths } from './library/import-paths.ts';
import { openLibrary } from './library/library.ts';
import { findMovedSongs, relinkSong } from './library/relink.ts';
import { goneAnalysis, MediaMaker } from './media.ts';
import { writeOutput } from './outputs.ts';
import { openScore } from './scores.ts';
import { selectTakes } from './select-takes.ts';
import { Separations } from './separations.ts';
import { answerShellCalls } from './shell-calls.ts';
import { readSong } from './song-file.ts';
import { SongMarks } from './song-marks.ts';
import { TakeDesk } from './takes/take-desk.ts';
import { deviceChoices } from './transcription/devices.ts';
import { ENGINE_VERSION } from './version.ts';
import { Waveforms } from './waveforms.ts';
import { analyseSong, arrangeSong, rollTake, stemsOf } from './work.ts';

export interface EngineCallsOptions extends Omit<EngineOptions, 'device'> {
  libraryDir: string;
  /** A name of `deviceChoices`; `auto` where left out. */
  device?: string;
  /** Hears what the engine tells without being asked. */
  emit: <N extends EventName>(event: N, payload: EventPayload<N>) => void;
  /** Closes everything and opens it again, after a call that has put another library in place. */
  reopen?: () => void;
}

/** How often a program that stays open looks whether a backup is due. */
const BACKUP_CHECK_MS = 60 * 60 * 1000;

/**
 * Opens the library with its queue and answers the contract's calls on it. Unfinished jobs go on at once.
 * @throws SongleafError what opening the library throws; `bad-request` for an unknown device
 */
export async function openEngineCalls(
  options: EngineCallsOptions,
): Promise<{ calls: EngineCalls; close(): Promise<void> }> {
  const { libraryDir, emit, reopen, device: wanted = 'auto', ...engineOptions } = options;
  const device = deviceChoices.find((name) => name === wanted);
  if (!device) {
    throw new SongleafError(
      'bad-request',
      `There is no device called ${wanted}.`,
      `Choose one of ${deviceChoices.join(', ')}.`,
    );
  }
  const notices: { message: string; hint: string }[] = [];
  const notice = ({ message, hint }: { message: string; hint: string }) => {
    // A full disk says the same every hour.
    if (!notices.some((told) => told.message === message)) notices.push({ message, hint });
  };
  const library = openLibrary(libraryDir, { onNotice: notice });
  const backUp = () => {
    try {
      library.backupIfDue(Date.now());
    } catch (error) {
      // No room for a copy is no reason to keep the library shut.
      notice(toErrorReport(error));
    }
  };
  backUp();
  const backupTimer = setInterval(backUp, BACKUP_CHECK_MS);
  backupTimer.unref();
  /** What a person set holds unless whoever started this named a device. */
  const runOn = (settings: Settings) => ({
    device: device === 'auto' ? settings.device : device,
    threads: settings.threads,
  });
  const engine = new Engine({ ...engineOptions, ...runOn(library.settings.get()) });
  const queue = createQueue({
    library,
    paused: library.queueState.get().paused,
    now: Date.now,
    onChange: (job) => {
      emit('job.changed', job);
      if (job.state === 'done') emit('songs.changed', {});
    },
    onProblem: notice,
    runJob: async (job, tools) => {
      const { songId, settings, separate, from } = job.payload;
      const songTools = separate ? { ...tools, separate } : tools;
      if (settings && from !== undefined)
        await rollTake(engine, library, from, settings, Date.now, songTools);
      else if (settings) await arrangeSong(engine, library, songId, settings, Date.now, songTools);
      else await analyseSong(engine, library, songId, Date.now, songTools);
    },
  });
  library.stems.sweep(ENGINE_VERSION);
  const separations = new Separations((songId, signal) => stemsOf(engine, library, songId, { signal }));
  const desk = new CorrectionDesk(engine, library, Date.now);
  library.takes.sweep(Date.now());
  const takeDesk = new TakeDesk(library, Date.now);
  const waveforms = new Waveforms(engine, library, Date.now);
  library.media.sweep(ENGINE_VERSION);
  library.sweepFiles(Date.now());
  const marks = new SongMarks(library, (changed) => emit('songs.marked', changed));
  marks.look();
  const media = new MediaMaker(engine, library, (songId) => separations.make(songId));
  const missing = () => library.songs.files().filter(({ id }) => marks.isMissing(id));
  /** A take with the analysis of its song. */
  const openTake = (takeId: string) => {
    const arrangement = library.takes.getArrangement(takeId);
    const { songId } = library.takes.get(takeId);
    const analysis = library.analyses.get(songId)?.analysis;
    if (!analysis) throw goneAnalysis(arrangement.song.title);
    return { songId, arrangement, analysis };
  };
  /** How many takes a song has is shown in the list as well. */
  const told = <T>(result: T): T => {
    emit('songs.changed', {});
    return result;
  };
  /** Tempo and key are shown in the list as well. */
  const corrected = async <T>(change: Promise<T>): Promise<T> => {
    const result = await change;
    emit('songs.changed', {});
    return result;
  };
  /** `auto` is not written down: the same work has one job, asked for in words or not. */
  const separation = (asked: SeparateMode = library.settings.get().separate) =>
    asked === 'auto' ? {} : { separate: asked };
  const calls: EngineCalls = {
    'engine.info': async () => ({
      version: ENGINE_VERSION,
      device: (await engine.device()).device,
      library: libraryDir,
    }),
    'engine.models': async () => await engine.models(),
    'engine.credits': async () => await engine.credits(),
    'library.notices': async () => notices,
    'songs.list': async () => library.songs.list().map((song) => marks.mark(song)),
    'songs.import': async ({ paths }) => {
      const result = await importPaths(library, paths, readSong, { isAudioFile, now: Date.now });
      emit('songs.changed', {});
      marks.look();
      return result;
    },
    'songs.addExample': async () => {
      const song = await addExample(library, Date.now);
      emit('songs.changed', {});
      marks.look();
      return song;
    },
    'songs.look': async () => {
      marks.look();
      return {};
    },
    'songs.relink': async ({ songId, path }) => {
      const song = await relinkSong(library, songId, path, hashFileAt);
      marks.look();
      return song;
    },
    'songs.findMoved': async ({ paths }) => {
      const found = await findMovedSongs(library, missing(), paths, { isAudioFile, hash: hashFileAt });
      marks.look();
      const back = new Set(found.map(({ id }) => id));
      return { found, missing: missing().filter(({ id }) => !back.has(id)).length };
    },
    'songs.missingSizes': async () => missing().map(({ size }) => size),
    'songs.stems': ({ songId }) => separations.make(songId),
    'songs.waveform': async ({ songId }) => ({
      base64: Buffer.from(await waveforms.read(songId)).toString('base64'),
    }),
    'songs.player': async ({ songId }) => library.player.get(songId),
    'songs.setPlayer': async ({ songId, settings }) => {
      library.player.put(library.songs.get(songId).id, settings);
      return {};
    },
    'songs.scoreOptions': async ({ songId }) => library.paper.get(songId),
    'songs.setScoreOptions': async ({ songId, options }) => {
      library.paper.put(library.songs.get(songId).id, options);
      return {};
    },
    'songs.remove': async ({ songId }) => {
      await queue.cancelSong(songId);
      await separations.stop(songId);
      library.songs.remove(songId);
      emit('songs.changed', {});
      return {};
    },
    'analysis.get': async ({ songId }) => library.analyses.get(songId)?.analysis ?? null,
    'corrections.get': async ({ songId }) => desk.read(songId),
    'corrections.make': ({ songId, correction }) => corrected(desk.correct(songId, correction)),
    'corrections.undo': ({ songId }) => corrected(desk.undo(songId)),
    'corrections.redo': ({ songId }) => corrected(desk.redo(songId)),
    'jobs.list': async () => queue.list(),
    'jobs.arrange': async ({ songId, settings, separate }) =>
      queue.enqueue({ kind: 'arrange', songId, settings, ...separation(separate) }),
    'jobs.cancel': async ({ jobId }) => queue.cancel(jobId),
    'jobs.retry': async ({ jobId }) => queue.retry(jobId),
    ...answerShellCalls({ library, queue, engine, emit, runOn, ...(reopen ? { reopen } : {}) }),
    'takes.list': async ({ songId }) => library.takes.list(songId),
    'takes.roll': async ({ takeId, roll }) => {
      const { songId, settings } = library.takes.get(takeId);
      const rolls = [...(settings.rolls ?? []), roll];
      return queue.enqueue({ kind: 'arrange', songId, settings: { ...settings, rolls }, from: takeId });
    },
    'takes.texture': async ({ takeId }) => takeDesk.texture(takeId),
    'takes.readTexture': async ({ name, base64 }) =>
      takeDesk.readTexture(name, Buffer.from(base64, 'base64')),
    'takes.morph': async ({ from, to, share }) =>
      queue.enqueue({ kind: 'arrange', ...takeDesk.morph(from, to, share) }),
    'takes.listRemoved': async ({ songId }) => library.takes.listRemoved(songId),
    'takes.remove': async ({ takeId }) => {
      library.takes.remove(takeId, Date.now());
      library.media.remove(takeId);
      emit('songs.changed', {});
      return {};
    },
    'takes.select': async (selection) => selectTakes(library, selection),
    'takes.restore': async ({ takeId }) => told(library.takes.restore(takeId)),
    'takes.change': async ({ takeId, name, starred }) =>
      library.takes.change(takeId, {
        ...(name === undefined ? {} : { name }),
        ...(starred === undefined ? {} : { starred }),
      }),
    'takes.music': async ({ takeId }) => takeDesk.music(takeId),
    'takes.edit': async ({ takeId, edit }) => takeDesk.edit(takeId, edit),
    'takes.undoEdit': async ({ takeId }) => takeDesk.undo(takeId),
    'takes.redoEdit': async ({ takeId }) => takeDesk.redo(takeId),
    'takes.compare': async ({ takeIds }) => takeDesk.compare(takeIds),
    'takes.scoreTogether': async ({ takes, transpose }) => takeDesk.score(takes, transpose),
    'takes.tryComp': async ({ picks }) => takeDesk.tryComp(picks),
    'takes.comp': async ({ picks }) => told(takeDesk.comp(picks)),
    'takes.score': async ({ takeId, options }) => ({
      musicxml: openScore(library, takeId, library.takes.getArrangement(takeId), options),
    }),
    'takes.performance': async ({ takeId }) => {
      const { arrangement, analysis } = openTake(takeId);
      return describePerformance(arrangement, analysis);
    },
    'takes.levels': async ({ takeId }) => {
      const { songId, arrangement } = openTake(takeId);
      return await media.levels(songId, arrangement);
    },
    'media.file': (wanted) => media.file(wanted),
    'takes.export': async ({ takeId, format, options }) => {
      const { arrangement, analysis } = openTake(takeId);
      const { type, bytes } = writeOutput(format, arrangement, () => analysis, options);
      return {
        name: `${arrangement.song.title || 'song'}.${format}`,
        type,
        base64: Buffer.from(bytes).toString('base64'),
      };
    },
  };
  return {
    calls,
    async close() {
      clearInterval(backupTimer);
      desk.close();
      await marks.close();
      await separations.stop();
      await media.close();
      await queue.close('requeue');
      await engine.close();
      library.close();
    },
  };
}
