import type { Analysis } from '../../contract/analysis.ts';
import { MAX_SEED, type Style } from '../../contract/arrangement.ts';
import type { AudioMix } from '../../contract/audio.ts';
import type { TakeFormat } from '../../contract/export.ts';
import { nameKey } from '../../contract/pitch-names.ts';
import type { TakeFacts } from '../../contract/take-facts.ts';
import { Engine, type Heard, type HearTools, type WorkTools } from '../../engine/engine.ts';
import { progressAt } from '../../engine/progress.ts';
import type { DeviceChoice } from '../../engine/transcription/devices.ts';
import { readAnalysisFile, readSavedEvidence } from '../analysis-file.ts';
import { AudioOutput, checkMix, splitFormats } from '../audio-output.ts';
import { numberTake, OutputFiles } from '../output-files.ts';
import { makeOutputFolder } from '../output-folder.ts';
import { offerTransposition, readScoreFlags, type ScoreFlags } from '../score-flags.ts';
import { findPlaces } from '../sources.ts';
import { readStemFlags, type StemFlags } from '../stem-flags.ts';
import { readStyle } from '../style-flags.ts';
import { readTakeFlags, type TakeFlags } from '../take-flags.ts';
import { forEachSong, type SongResult } from './each-song.ts';

export interface ArrangeFlags extends StemFlags, ScoreFlags, TakeFlags {
  out: string;
  takes: number;
  seed: number;
  format: TakeFormat[];
  mix: AudioMix;
  device: DeviceChoice;
  analysis?: string;
  json?: boolean;
}

/** `songleaf arrange`: writes NAME.jams, NAME.takeK.musicxml and NAME.takeK.mid (or the chosen formats). */
export async function arrangeCommand(
  songs: string[],
  flags: ArrangeFlags,
  signal: AbortSignal,
): Promise<void> {
  const { transpose } = readScoreFlags(flags);
  checkMix(flags.format, flags.mix, transpose);
  const voice = await readStemFlags(songs, flags);
  const style = await readStyle(flags);
  const engine = new Engine({ device: flags.device });
  await engine.checkModel(flags.model);
  await makeOutputFolder(flags.out);
  const sources = await findPlaces(songs);
  try {
    await forEachSong(songs, { json: flags.json ?? false, signal }, async (song, name, line) => {
      const tools: WorkTools = { signal, onProgress: (progress) => line.show(progress) };
      const { analysis, heard } = await prepare(engine, song, flags, { ...tools, ...voice });
      const files = new OutputFiles(flags.out, sources);
      const played = { file: song, ...(voice.stems ? { stems: voice.stems } : {}) };
      const audio = new AudioOutput(engine, files, played, flags.mix, transpose);
      try {
        return await writeTakes(engine, analysis, heard, name, { ...flags, style }, files, audio, tools);
      } finally {
        await audio.close();
      }
    });
  } finally {
    await engine.close();
  }
}

/** The analysis to arrange from: a corrected one from a file, with what was heard then, or a fresh one. */
async function prepare(
  engine: Engine,
  song: string,
  flags: ArrangeFlags,
  tools: HearTools,
): Promise<{ analysis: Analysis; heard: Heard }> {
  if (flags.analysis === undefined) {
    const heard = await engine.hear(song, tools);
    return { heard, analysis: await engine.analyse(heard, tools) };
  }
  const analysis = await readAnalysisFile(flags.analysis, song);
  const saved = await readSavedEvidence(flags.analysis, analysis.song.hash);
  // Whoever broke the analysis off before its first stage left nothing to arrange from.
  const heard = saved?.frames
    ? { song: analysis.song, evidence: saved, notes: [] }
    : await engine.hear(song, tools);
  return { heard, analysis };
}

async function writeTakes(
  engine: Engine,
  analysis: Analysis,
  heard: Heard,
  name: string,
  { style, ...flags }: Omit<ArrangeFlags, 'style'> & { style: Style | null },
  files: OutputFiles,
  audio: AudioOutput,
  tools: WorkTools,
): Promise<SongResult> {
  const { written, played } = splitFormats(flags.format);
  const options = readScoreFlags(flags);
  const seeds: number[] = [];
  const facts: TakeFacts[] = [];
  let offer: string | null = null;
  for (let take = 1; take <= flags.takes; take++) {
    const seed = (flags.seed + take - 1) % (MAX_SEED + 1);
    const settings = readTakeFlags(flags, seed, style);
    const { signal } = tools;
    showTake('arrange', take, flags.takes, tools);
    const arrangement = await engine.arrange(analysis, heard.evidence, settings, signal ? { signal } : {});
    seeds.push(seed);
    if (arrangement.facts) facts.push(arrangement.facts);
    showTake('engrave', take, flags.takes, tools);
    const names = numberTake(name, take);
    await files.writeTake(names, written, { arrangement, readAnalysis: () => analysis }, options, signal);
    await audio.write(names.take, played, arrangement, analysis, signal ? { signal } : {});
    offer = offerTransposition(arrangement, options);
  }
  tools.onProgress?.(progressAt('write', 1));
  const [key] = analysis.keys;
  return {
    files: files.paths,
    notes: offer === null ? heard.notes : [...heard.notes, offer],
    title: analysis.song.title,
    artist: analysis.song.artist,
    seconds: analysis.song.duration,
    bpm: analysis.tempo.bpm,
    key: nameKey(key),
    beats: analysis.beats.length,
    ...(heard.device === undefined ? {} : { device: heard.device }),
    seeds,
    facts,
  };
}

/** Progress of one take among several: the stages come again for each, the whole never goes back. */
function showTake(stage: 'arrange' | 'engrave', take: number, takes: number, tools: WorkTools): void {
  const from = progressAt('arrange', 0).fraction;
  const within = progressAt(stage, 0).fraction - from;
  const share = (take - 1) / takes;
  tools.onProgress?.({
    stage,
    stageFraction: share,
    fraction: from + (progressAt('write', 0).fraction - from) * share + within / takes,
  });
}
