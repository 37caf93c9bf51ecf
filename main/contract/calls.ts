import * as z from 'zod';
import { analysisSchema } from './analysis.ts';
import { arrangeSettingsSchema } from './arrangement.ts';
import { correctedSchema, correctionSchema } from './corrections.ts';
import { jobSchema } from './jobs.ts';
import { importResultSchema, songSchema, takeSchema } from './library.ts';
import { mediaSchema } from './media.ts';
import { levelsSchema, performanceSchema, playerSettingsSchema } from './performance.ts';
import { easierKeySchema, scoreOptionsSchema } from './score-options.ts';
import { separateModeSchema } from './separation.ts';
import { waveformSchema } from './waveform.ts';

const id = z.string().min(1).max(200);
const songId = z.strictObject({ songId: id });
const takeId = z.strictObject({ takeId: id });
const none = z.strictObject({});

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

export const exportFormats = ['musicxml', 'mxl', 'mid', 'score.mid', 'jams'] as const;
export const exportFormatSchema = z.enum(exportFormats);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

/**
 * Every call between a window (or a browser over `serve`) and the engine. Both ends validate with these schemas.
 * `paths` and `file` never come from a page: the shell fills them from a dialog or a drop (see `main/app`).
 */
export const calls = {
  'engine.info': {
    input: none,
    output: z.strictObject({ version: z.string(), device: z.string(), library: z.string() }),
  },
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
  'takes.list': { input: songId, output: z.array(takeSchema) },
  'takes.remove': { input: takeId, output: none },
  /** The take's engraved score as MusicXML text, and the key that it would be easier to read in, where there is one. */
  'takes.score': {
    input: z.strictObject({ takeId: id, options: scoreOptionsSchema.optional() }),
    output: z.strictObject({ musicxml: z.string(), easierKey: easierKeySchema.nullable() }),
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
} as const;

export type EventName = keyof typeof events;
export type EventPayload<N extends EventName> = z.output<(typeof events)[N]>;
