import * as z from 'zod';
import { analysisSchema } from './analysis.ts';
import { arrangeSettingsSchema, modelNameSchema, rollSchema, textureScoreSchema } from './arrangement.ts';
import { backupSchema } from './backups.ts';
import { correctedSchema, correctionSchema } from './corrections.ts';
import { exportFormatSchema, exportProgressSchema, exportTakeSchema, takeSelectionSchema } from './export.ts';
import { jobSchema } from './jobs.ts';
import {
  foundSongsSchema,
  importResultSchema,
  MOST_NAME,
  songMarkSchema,
  songSchema,
  takeSchema,
} from './library.ts';
import { mediaSchema } from './media.ts';
import { levelsSchema, performanceSchema, playerSettingsSchema } from './performance.ts';
import { scoreOptionsSchema } from './score-options.ts';
import { separateModeSchema } from './separation.ts';
import { settingsSchema, viewStateSchema } from './settings.ts';
import {
  comparedSchema,
  comparisonSchema,
  MOST_COMPARED,
  takeEditSchema,
  takeMusicSchema,
  takePicksSchema,
} from './takes.ts';
import { waveformSchema } from './waveform.ts';

const id = z.string().min(1).max(200);
const songId = z.strictObject({ songId: id });
const takeId = z.strictObject({ takeId: id });
const none = z.strictObject({});
/** Characters of a score that a page sends, as base64. A browser's messages end at 1 MiB. */
const MOST_PACKED = 240_000;

/** Something that is no failure of a call but must not pass in silence. */
const noticeSchema = z.strictObject({ message: z.string(), hint: z.string() });

/** A network that ships, with the words that its licence asks for. */
const creditSchema = z.strictObject({
  name: z.string(),
  credit: z.string(),
  source: z.string(),
  /** SPDX identifier. */
  licence: z.string(),
  /** The licence's own text and notices. */
  text: z.string(),
});
export type Credit = z.infer<typeof creditSchema>;

const queueStateSchema = z.strictObject({ paused: z.boolean() });

/**
 * Every call between a window (or a browser over `serve`) and the engine. Both ends validate with these schemas.
 * `paths` and `file` never come from a page: the shell fills them from a dialog or a drop (see `main/app`).
 */
export const calls = {
  'engine.info': {
    input: none,
    output: z.strictObject({ version: z.string(), device: z.string(), library: z.string() }),
  },
  /** Arrangers whose networks are there. */
  'engine.models': { input: none, output: z.array(modelNameSchema) },
  /** Whose networks hear: what the window's About shows. */
  'engine.credits': { input: none, output: z.array(creditSchema) },
  /** What a person should know of their library: what was repaired, kept aside or could not be read. */
  'library.notices': { input: none, output: z.array(noticeSchema) },
  'songs.list': { input: none, output: z.array(songSchema) },
  'songs.import': {
    input: z.strictObject({ paths: z.array(z.string().min(1).max(10_000)).min(1).max(10_000) }),
    output: importResultSchema,
  },
  'songs.remove': { input: songId, output: none },
  /** The piece that comes with Songleaf, as a song of the library. */
  'songs.addExample': { input: none, output: songSchema },
  /** Looks whether files are still there; `songs.marked` tells what has changed. */
  'songs.look': { input: none, output: none },
  /** The song's recording is now this file, of the same content. */
  'songs.relink': {
    input: z.strictObject({ songId: id, path: z.string().min(1).max(10_000) }),
    output: songSchema,
  },
  /** Looks for the recordings of missing songs, by content. */
  'songs.findMoved': {
    input: z.strictObject({ paths: z.array(z.string().min(1).max(10_000)).min(1).max(10_000) }),
    output: foundSongsSchema,
  },
  /** Sizes in bytes of the files that are missing: for a browser, which can send only what may be one of them. */
  'songs.missingSizes': { input: none, output: z.array(z.int().min(0)) },
  /** The song's voice and the rest of it as FLAC files in the library, made first where they are not there. */
  'songs.stems': {
    input: songId,
    output: z.strictObject({ vocals: z.string(), accompaniment: z.string() }),
  },
  /** How loud the recording is, to draw it. */
  'songs.waveform': { input: songId, output: waveformSchema },
  /** How a person likes to hear the song. */
  'songs.player': { input: songId, output: playerSettingsSchema },
  'songs.setPlayer': { input: z.strictObject({ songId: id, settings: playerSettingsSchema }), output: none },
  /** How a person reads the song's scores: its key, and what is on paper for every song. */
  'songs.scoreOptions': { input: songId, output: scoreOptionsSchema },
  'songs.setScoreOptions': {
    input: z.strictObject({ songId: id, options: scoreOptionsSchema }),
    output: none,
  },
  'analysis.get': { input: songId, output: analysisSchema.nullable() },
  /** The analysis with what can be taken back; null where the song has none yet. */
  'corrections.get': { input: songId, output: correctedSchema.nullable() },
  /** Sets something right and finds again what depends on it. */
  'corrections.make': {
    input: z.strictObject({ songId: id, correction: correctionSchema }),
    output: correctedSchema,
  },
  'corrections.undo': { input: songId, output: correctedSchema },
  'corrections.redo': { input: songId, output: correctedSchema },
  'jobs.list': { input: none, output: z.array(jobSchema) },
  /** Analyses the song if that has not been done and writes one take. */
  'jobs.arrange': {
    input: z.strictObject({
      songId: id,
      settings: arrangeSettingsSchema,
      /** Whether the voice is parted from the rest; `auto` where left out. */
      separate: separateModeSchema.optional(),
    }),
    output: jobSchema,
  },
  'jobs.cancel': { input: z.strictObject({ jobId: id }), output: jobSchema },
  'jobs.retry': { input: z.strictObject({ jobId: id }), output: jobSchema },
  /** Moves a waiting job to just before another, or behind all; the whole queue in its new order. */
  'jobs.move': { input: z.strictObject({ jobId: id, before: id.nullable() }), output: z.array(jobSchema) },
  /** Cancels all that wait; what runs goes on. */
  'queue.cancelWaiting': { input: none, output: z.array(jobSchema) },
  /** Takes what has ended off the list. */
  'queue.clearEnded': { input: none, output: z.array(jobSchema) },
  'queue.get': { input: none, output: queueStateSchema },
  /** Pausing stops what runs, which waits in its place and goes on from the last finished stage. Kept when quitting. */
  'queue.setPaused': { input: queueStateSchema, output: queueStateSchema },
  'settings.get': { input: none, output: settingsSchema },
  'settings.set': { input: settingsSchema, output: settingsSchema },
  'view.get': { input: none, output: viewStateSchema },
  'view.set': { input: viewStateSchema, output: none },
  'backups.list': { input: none, output: z.array(backupSchema) },
  'backups.make': { input: none, output: z.array(backupSchema) },
  /** Goes back to a backup, once it has been checked and the library of now backed up; the library opens anew. */
  'backups.restore': { input: z.strictObject({ number: z.int().min(1) }), output: none },
  'takes.list': { input: songId, output: z.array(takeSchema) },
  /** Writes bars of a take again with another seed; the rest stays, and the outcome is a further take. */
  'takes.roll': { input: z.strictObject({ takeId: id, roll: rollSchema }), output: jobSchema },
  /** The texture of a take, for others to follow. */
  'takes.texture': { input: takeId, output: textureScoreSchema },
  /** That of a MIDI or MusicXML file: its bytes, packed with gzip, in base64. */
  'takes.readTexture': {
    input: z.strictObject({ name: z.string().max(1000), base64: z.base64().max(MOST_PACKED) }),
    output: textureScoreSchema,
  },
  /** Writes a take between two of a song: at `share` 0 it has the texture of `from`, at 1 that of `to`. */
  'takes.morph': {
    input: z.strictObject({ from: id, to: id, share: z.number().min(0).max(1) }),
    output: jobSchema,
  },
  /** Takes that were removed and can be brought back, the last removed first. */
  'takes.listRemoved': { input: songId, output: z.array(takeSchema) },
  /** Hides a take; it can be restored for some weeks. */
  'takes.remove': { input: takeId, output: none },
  /** Takes to export, with what their files may be named after. */
  'takes.select': { input: takeSelectionSchema, output: z.array(exportTakeSchema) },
  'takes.restore': { input: takeId, output: takeSchema },
  /** Names a take (null: its settings name it) or stars it. */
  'takes.change': {
    input: z.strictObject({
      takeId: id,
      name: z.string().trim().min(1).max(MOST_NAME).nullable().optional(),
      starred: z.boolean().optional(),
    }),
    output: takeSchema,
  },
  /** The take's notes with its numbers, to draw it small and to mend it. */
  'takes.music': { input: takeId, output: takeMusicSchema },
  /** Mends a note. */
  'takes.edit': { input: z.strictObject({ takeId: id, edit: takeEditSchema }), output: takeSchema },
  'takes.undoEdit': { input: takeId, output: takeSchema },
  'takes.redoEdit': { input: takeId, output: takeSchema },
  /** Where takes differ, bar by bar. */
  'takes.compare': { input: z.strictObject({ takeIds: comparedSchema }), output: comparisonSchema },
  /** Several takes as one score, a system of staves for each. */
  'takes.scoreTogether': {
    input: z.strictObject({
      takes: z
        .array(z.strictObject({ takeId: id, name: z.string().max(MOST_NAME) }))
        .min(1)
        .max(MOST_COMPARED),
      transpose: scoreOptionsSchema.shape.transpose,
    }),
    /** `staves`: how many each of the takes has. */
    output: z.strictObject({ musicxml: z.string(), staves: z.array(z.int().min(1)) }),
  },
  /** How passages of several takes sound one after the other. */
  'takes.tryComp': { input: z.strictObject({ picks: takePicksSchema }), output: performanceSchema },
  /** Keeps passages of several takes as a take of its own. */
  'takes.comp': { input: z.strictObject({ picks: takePicksSchema }), output: takeSchema },
  /** The take's engraved score as MusicXML text. */
  'takes.score': {
    input: z.strictObject({ takeId: id, options: scoreOptionsSchema.optional() }),
    output: z.strictObject({ musicxml: z.string() }),
  },
  /** The take as it is played along with the recording. */
  'takes.performance': { input: takeId, output: performanceSchema },
  /** How loud the recording and the take are, to balance them. */
  'takes.levels': { input: takeId, output: levelsSchema },
  /** Something that sounds as a file, made first where it is not there: for the shells, which send it to the page. */
  'media.file': {
    input: mediaSchema,
    output: z.strictObject({ path: z.string(), type: z.string(), name: z.string() }),
  },
  /** The take (or the song's analysis for `jams`) in a format, as bytes in base64, with a file name to offer. */
  'takes.export': {
    input: z.strictObject({
      takeId: id,
      format: exportFormatSchema,
      options: scoreOptionsSchema.optional(),
    }),
    output: z.strictObject({ name: z.string(), type: z.string(), base64: z.string() }),
  },
} as const;

export type CallName = keyof typeof calls;
export type CallInput<N extends CallName> = z.input<(typeof calls)[N]['input']>;
export type CallOutput<N extends CallName> = z.output<(typeof calls)[N]['output']>;

/** What the engine offers to routers; inputs arrive validated. */
export type EngineCalls = {
  [N in CallName]: (input: z.output<(typeof calls)[N]['input']>) => Promise<CallOutput<N>>;
};

/** What the engine tells without being asked. */
export const events = {
  'job.changed': jobSchema,
  'songs.changed': none,
  /** Order or contents of the queue, or whether it is paused. */
  'queue.changed': queueStateSchema,
  'settings.changed': settingsSchema,
  /** The engine died and was started again; its jobs go on. `false`: it died too often and waits for the next call. */
  'engine.restarted': z.strictObject({ running: z.boolean() }),
  'songs.marked': z.array(songMarkSchema),
  /** Told by the shell, which writes the files. */
  'export.progress': exportProgressSchema,
} as const;

export type EventName = keyof typeof events;
export type EventPayload<N extends EventName> = z.output<(typeof events)[N]>;
