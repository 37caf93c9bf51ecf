import type { Analysis, Reading } from '../../contract/analysis.ts';
import { takeReading } from '../../contract/corrections.ts';
import { SongleafError } from '../../contract/errors.ts';
import { Engine, type Heard, type HearTools } from '../../engine/engine.ts';
import { progressAt } from '../../engine/progress.ts';
import { writeJams } from '../../engine/score/jams.ts';
import type { DeviceChoice } from '../../engine/transcription/devices.ts';
import { EvidenceStore } from '../evidence-store.ts';
import { OutputFiles } from '../output-files.ts';
import { makeOutputFolder } from '../output-folder.ts';
import { readStemFlags, type StemFlags } from '../stem-flags.ts';
import { forEachSong } from './each-song.ts';

export interface AnalyseFlags extends StemFlags {
  out: string;
  device: DeviceChoice;
  /** Number of another reading of the beats, from 1; the one found where left out. */
  reading?: number;
  json?: boolean;
}

/**
 * `songleaf analyse`: writes NAME.analysis.json, NAME.jams and, by the song's content, HASH.evidence, which a later call
 * goes on from.
 */
export async function analyseCommand(
  songs: string[],
  flags: AnalyseFlags,
  signal: AbortSignal,
): Promise<void> {
  const voice = await readStemFlags(songs, flags);
  await makeOutputFolder(flags.out);
  const engine = new Engine({ device: flags.device });
  try {
    await forEachSong(songs, { json: flags.json ?? false, signal }, async (song, name, line) => {
      const tools = { signal, onProgress: line.show };
      const files = new OutputFiles(flags.out);
      const heard = await hearKept(engine, song, { ...tools, ...voice }, files, flags.out);
      const found = await engine.analyse(heard, tools);
      const analysis =
        flags.reading === undefined ? found : await readAgain(engine, found, heard, flags.reading);
      tools.onProgress(progressAt('write', 0));
      await files.write(`${name}.analysis.json`, Buffer.from(`${JSON.stringify(analysis, null, 1)}\n`));
      await files.write(`${name}.jams`, Buffer.from(writeJams(analysis)));
      const { tempo, beats } = analysis;
      return {
        files: files.paths,
        notes: heard.notes,
        ...(heard.device === undefined ? {} : { device: heard.device }),
        title: analysis.song.title,
        bpm: tempo.bpm,
        beats: beats.length,
        readings: (found.readings ?? []).map(describeReading),
      };
    });
  } finally {
    await engine.close();
  }
}

/** @throws SongleafError `bad-request` where the song has no such reading */
async function readAgain(engine: Engine, found: Analysis, heard: Heard, number: number): Promise<Analysis> {
  const readings = found.readings ?? [];
  const reading = readings[number - 1];
  if (reading) return await engine.correct(found, takeReading(reading), heard.evidence);
  throw new SongleafError(
    'bad-request',
    `“${found.song.title}” has no reading ${number} of its beats.`,
    readings.length === 0
      ? 'It has no other reading at all.'
      : `It has these: ${readings.map((each, i) => `${i + 1} ${describeReading(each)}`).join(', ')}.`,
  );
}

function describeReading({ change, beats, likelihood }: Reading): string {
  const names = { double: 'twice the tempo', halve: 'half the tempo', shift: `bars ${beats} later` };
  return `${names[change]} (${Math.round(100 * likelihood)} %)`;
}

/** Hears a song, going on from what lies in the folder, and keeps there what was heard, also where it was cut off. */
async function hearKept(
  engine: Engine,
  song: string,
  tools: HearTools,
  files: OutputFiles,
  folder: string,
): Promise<Heard> {
  let store: EvidenceStore | null = null;
  try {
    return await engine.hear(song, {
      ...tools,
      stagesOf: ({ hash }) => {
        store = new EvidenceStore(folder, hash);
        return store;
      },
    });
  } finally {
    await (store as EvidenceStore | null)?.save(files);
  }
}
