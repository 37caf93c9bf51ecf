import { mkdir } from 'node:fs/promises';
import { Engine } from '../../engine/engine.ts';
import { progressAt } from '../../engine/progress.ts';
import { writeJams } from '../../engine/score/jams.ts';
import type { SeparateChoice } from '../../engine/listen.ts';
import type { DeviceChoice } from '../../engine/transcription/devices.ts';
import { encodeEvidence } from '../../engine/transcription/evidence-file.ts';
import { evidenceFileName } from '../analysis-file.ts';
import { OutputFiles } from '../output-files.ts';
import { forEachSong } from './each-song.ts';

export interface AnalyseFlags {
  out: string;
  device: DeviceChoice;
  separate: SeparateChoice;
  json?: boolean;
}

/** `songleaf analyse`: writes NAME.analysis.json, NAME.jams and, by the song's content, HASH.evidence. */
export async function analyseCommand(
  songs: string[],
  flags: AnalyseFlags,
  signal: AbortSignal,
): Promise<void> {
  const engine = new Engine({ device: flags.device });
  await mkdir(flags.out, { recursive: true });
  try {
    await forEachSong(songs, { json: flags.json ?? false, signal }, async (song, name, line) => {
      const tools = { signal, onProgress: line.show };
      const heard = await engine.hear(song, { ...tools, separate: flags.separate });
      const analysis = await engine.analyse(heard, tools);
      tools.onProgress(progressAt('write', 0));
      const files = new OutputFiles(flags.out);
      await files.write(`${name}.analysis.json`, Buffer.from(`${JSON.stringify(analysis, null, 1)}\n`));
      await files.write(`${name}.jams`, Buffer.from(writeJams(analysis)));
      await files.write(evidenceFileName(analysis.song.hash), encodeEvidence(heard.evidence));
      const { tempo, beats } = analysis;
      return {
        files: files.paths,
        notes: heard.notes,
        ...(heard.device === undefined ? {} : { device: heard.device }),
        title: analysis.song.title,
        bpm: tempo.bpm,
        beats: beats.length,
      };
    });
  } finally {
    await engine.close();
  }
}
