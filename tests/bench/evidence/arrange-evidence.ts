import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Analysis, analysisSchema } from '../../../main/contract/analysis.ts';
import {
  type ArrangedNote,
  type Arrangement,
  arrangeSettingsSchema,
} from '../../../main/contract/arrangement.ts';
import type { TakeFacts } from '../../../main/contract/take-facts.ts';
import { arrange } from '../../../main/engine/arranger/arranger.ts';
import { detectNotes } from '../../../main/engine/arranger/reduction/detect.ts';
import { layOutSong } from '../../../main/engine/arranger/song.ts';
import { tickToSeconds } from '../../../main/engine/score/time.ts';
import { type Evidence, frameToSeconds } from '../../../main/engine/transcription/evidence.ts';
import { decodeEvidence } from '../../../main/engine/transcription/evidence-file.ts';

/**
 * `node arrange-evidence.ts OUT ANALYSES TAKES FILE.evidence …` writes OUT/FILE.takes.json: takes of songs heard before,
 * arranged from ANALYSES/FILE.analysis.json. TAKES: MODEL[+JOINS][:LEVEL[:SEED]] or `raw`, with commas between. Notes are
 * [start, end, pitch, velocity] in seconds. `models/songleaf_models/evaluate` measures them.
 */
const [out, analyses, takes, ...files] = process.argv.slice(2);

type Row = [start: number, end: number, pitch: number, velocity: number];

interface Take {
  notes: Row[];
  /** Of a take without melody, of the first seed at full level; empty otherwise. */
  accompaniment: Row[];
  /** The analysed melody. */
  melody: Row[];
  /** CPU seconds of the take with melody. */
  cpu: number;
  /** What the engine itself measured of the take with melody; null for `raw`. */
  facts: TakeFacts | null;
  /** Bars in which the band plays, and those of them in which the take has no note. */
  bars: number;
  empty: number;
}

/** Basic Pitch's own thresholds: onsets from 0.5. */
function readRaw(evidence: Evidence): Row[] {
  return detectNotes(evidence)
    .filter((note) => note.onset >= 0.5)
    .map((note) => [frameToSeconds(note.frame), frameToSeconds(note.endFrame), note.pitch, 80]);
}

function toRows(notes: readonly Omit<ArrangedNote, 'role'>[], beatTimes: readonly number[]): Row[] {
  return notes.map(({ start, duration, pitch, velocity }) => [
    tickToSeconds(beatTimes, start),
    tickToSeconds(beatTimes, start + duration),
    pitch,
    velocity,
  ]);
}

const nothing: Take = {
  ...{ notes: [], accompaniment: [], melody: [] },
  ...{ cpu: 0, facts: null, bars: 0, empty: 0 },
};

async function writeTake(name: string, analysis: Analysis, evidence: Evidence): Promise<Take> {
  if (name === 'raw') return { ...nothing, notes: readRaw(evidence) };
  const [named, level = 'full', seed = '1'] = name.split(':');
  const [model, joins] = named.split('+');
  const settings = arrangeSettingsSchema.parse({
    ...{ model, level, seed: Number(seed) },
    ...(joins === undefined ? {} : { joins }),
  });
  const before = process.cpuUsage();
  const take: Arrangement = await arrange(analysis, evidence, settings);
  const { user, system } = process.cpuUsage(before);
  const isFirst = level === 'full' && seed === '1';
  const bare = isFirst ? await arrange(analysis, evidence, { ...settings, melody: 'omit' }) : null;
  const { beatTimes } = take;
  const sung = analysis.melody
    .filter((note) => note.start < 48 * (beatTimes.length - 1))
    .map((note) => ({ ...note, velocity: 80 }));
  return {
    notes: toRows(take.notes, beatTimes),
    accompaniment: bare ? toRows(bare.notes, beatTimes) : [],
    melody: toRows(sung, beatTimes),
    cpu: (user + system) / 1e6,
    facts: take.facts ?? null,
    ...countEmpty(take, layOutSong(analysis, evidence, settings).plays),
  };
}

function countEmpty(
  { bars, notes }: Arrangement,
  plays: readonly boolean[],
): { bars: number; empty: number } {
  const played = bars.filter((_, i) => plays[i]);
  const sounds = ({ start, beats }: Arrangement['bars'][number]) =>
    notes.some((note) => note.start < start + 48 * beats && note.start + note.duration > start);
  return { bars: played.length, empty: played.filter((bar) => !sounds(bar)).length };
}

for (const file of files) {
  const name = path.basename(file, '.evidence');
  const evidence = decodeEvidence(await readFile(file), file);
  const analysis = analysisSchema.parse(
    JSON.parse(await readFile(path.join(analyses, `${name}.analysis.json`), 'utf8')),
  );
  const written: Record<string, Take> = {};
  for (const take of takes.split(',')) written[take] = await writeTake(take, analysis, evidence);
  const target = path.join(out, `${name}.takes.json`);
  await writeFile(`${target}.tmp`, JSON.stringify(written));
  await rename(`${target}.tmp`, target);
}
