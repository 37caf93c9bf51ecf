/**
 * Whether the hands of level easy stay where they lie: bars in which a hand's notes span more than an octave, and bars
 * that do so together with the hand's bar before. POP909 songs (true analysis, posteriors drawn from their notes) whose
 * number leaves 3 divided by 20, which rules are tuned on.
 * Usage: node tests/bench/easy-hands.ts [--songs 10] [--models reduction,chords]
 */
import { parseArgs } from 'node:util';
import { type Arrangement, arrangeSettingsSchema, modelNameSchema } from '../../main/contract/arrangement.ts';
import { TICKS_PER_BEAT } from '../../main/contract/grid.ts';
import { arrange } from '../../main/engine/arranger/arranger.ts';
import { assignHands, type Hand, handLimits } from '../../main/engine/score/hands.ts';
import { drawEvidence } from '../unit/arranger/support/draw-evidence.ts';
import { hasPop909, listSongs, pop909Folder, readSong } from '../unit/arranger/support/pop909.ts';
import { toAnalysis } from '../unit/arranger/support/song-fixture.ts';

const OCTAVE = 12;
const { values } = parseArgs({
  options: {
    songs: { type: 'string', default: '10' },
    models: { type: 'string', default: 'reduction,chords' },
  },
});

/** Lowest and highest note that a hand begins in each bar in which it plays. */
function readGrips({ notes, bars }: Arrangement, hand: Hand): [low: number, high: number][] {
  const { hands } = assignHands(notes, handLimits.easy, bars);
  return bars.flatMap(({ start, beats }): [number, number][] => {
    const end = start + beats * TICKS_PER_BEAT;
    const pitches = notes
      .filter((note, at) => hands[at] === hand && note.start >= start && note.start < end)
      .map(({ pitch }) => pitch);
    return pitches.length === 0 ? [] : [[Math.min(...pitches), Math.max(...pitches)]];
  });
}

async function take(name: string, model: string): Promise<Arrangement> {
  const song = readSong(name);
  const analysis = toAnalysis(song);
  const played = [...song.melody, ...song.accompaniment];
  const evidence = drawEvidence(played, analysis.song.duration, { hardness: 0.6, seed: 1 });
  return await arrange(analysis, evidence, arrangeSettingsSchema.parse({ level: 'easy', model }));
}

if (!hasPop909) console.log(`skipped: no songs at ${pop909Folder}`);
else {
  const songs = listSongs().filter((name) => Number(name) % 20 === 3);
  console.log('| model | hand | bars | wider than an octave | wider with the bar before |');
  console.log('|---|---|---:|---:|---:|');
  for (const model of values.models.split(',').map((name) => modelNameSchema.parse(name))) {
    const takes: Arrangement[] = [];
    for (const name of songs.slice(0, Number(values.songs))) takes.push(await take(name, model));
    for (const hand of ['left', 'right'] as const) {
      const [all, wide, moves] = [0, 0, 0].map((_, figure) =>
        takes.reduce((sum, each) => {
          const grips = readGrips(each, hand);
          if (figure === 0) return sum + grips.length;
          if (figure === 1) return sum + grips.filter(([low, high]) => high - low > OCTAVE).length;
          const moved = grips.filter(([low, high], at) => {
            const [lowBefore, highBefore] = grips[at - 1] ?? [low, high];
            return at > 0 && Math.max(high, highBefore) - Math.min(low, lowBefore) > OCTAVE;
          });
          return sum + moved.length;
        }, 0),
      );
      console.log(`| ${[model, hand, all, wide, moves].join(' | ')} |`);
    }
  }
}
