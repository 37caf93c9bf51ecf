/**
 * Cost of engraving and writing a take's score against making the take, on 150 bars of a POP909 song (true analysis,
 * posteriors drawn from its notes). The budget is a tenth of the take. Times lie under load: run it on an idle machine.
 * Usage: node tests/bench/engrave-speed.ts [song number] [models, default all]
 */
import { arrangeSettingsSchema, levelSchema, modelNameSchema } from '../../main/contract/arrangement.ts';
import { scoreOptionsSchema } from '../../main/contract/score-options.ts';
import { arrange } from '../../main/engine/arranger/arranger.ts';
import { engrave } from '../../main/engine/score/engrave.ts';
import { writeMusicXml } from '../../main/engine/score/musicxml.ts';
import { drawEvidence } from '../unit/arranger/support/draw-evidence.ts';
import { hasPop909, pop909Folder, readSong } from '../unit/arranger/support/pop909.ts';
import { type SongFixture, toAnalysis } from '../unit/arranger/support/song-fixture.ts';
import { presentModels } from '../unit/support/models.ts';

const BARS = 150;
const ROUNDS = 5;

/** The song's beginning, played again from its end until there are bars enough. */
function stretch(song: SongFixture): SongFixture {
  const beats = BARS * song.beatsPerBar;
  const length = song.beats.length - 1;
  const seconds = song.beats[length] - song.beats[0];
  const times = Math.ceil(beats / length);
  const repeat = <T>(items: readonly T[], move: (item: T, time: number) => T) =>
    Array.from({ length: times }, (_, time) => items.map((item) => move(item, time))).flat();
  const later = ([start, end, pitch, velocity]: SongFixture['melody'][number], time: number) =>
    [start + time * seconds, end + time * seconds, pitch, velocity] as SongFixture['melody'][number];
  return {
    ...song,
    beats: repeat(song.beats.slice(0, length), (beat, time) => beat + time * seconds).slice(0, beats + 1),
    chords: repeat(song.chords, ([from, to, chord], time) => [
      from + time * length,
      to + time * length,
      chord,
    ]),
    sections: repeat(song.sections, ([from, beat, label], time) => [from + time * length, beat, label]),
    melody: repeat(song.melody, later),
    accompaniment: repeat(song.accompaniment, later),
  };
}

/** Least milliseconds of the processor in several rounds: what else the machine does only adds. */
async function time(work: () => unknown): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const from = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(from);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

if (!hasPop909) {
  console.log(`skipped: no songs at ${pop909Folder}`);
} else {
  const song = stretch(readSong(process.argv[2] ?? '001'));
  const analysis = toAnalysis(song);
  const evidence = drawEvidence([...song.melody, ...song.accompaniment], analysis.song.duration, {
    hardness: 0.6,
    seed: 1,
  });
  const options = scoreOptionsSchema.parse({});
  const models = process.argv[3]?.split(',').map((name) => modelNameSchema.parse(name)) ?? presentModels;
  console.log(
    '| model | level | notes | bars | take ms | engrave ms | write ms | score ÷ take |\n|---|---|---:|---:|---:|---:|---:|---:|',
  );
  for (const model of models) {
    for (const level of levelSchema.options) {
      const settings = arrangeSettingsSchema.parse({ model, level });
      const take = await arrange(analysis, evidence, settings);
      const arranging = await time(() => arrange(analysis, evidence, settings));
      const engraving = await time(() => engrave(take, options));
      const score = engrave(take, options);
      const writing = await time(() => writeMusicXml(score, { software: 'bench', date: '2025-01-01' }));
      const cells = [arranging, engraving, writing].map((ms) => ms.toFixed(0));
      const ratio = ((engraving + writing) / arranging).toFixed(2);
      console.log(`| ${[model, level, take.notes.length, take.bars.length, ...cells, ratio].join(' | ')} |`);
    }
  }
}
