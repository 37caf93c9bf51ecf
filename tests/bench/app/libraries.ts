import { createHash } from 'node:crypto';
import type { Analysis } from '../../../main/contract/analysis.ts';
import type { Arrangement } from '../../../main/contract/arrangement.ts';
import { TICKS_PER_BEAT } from '../../../main/contract/grid.ts';
import { openLibrary } from '../../../main/engine/library/library.ts';

const firsts = [
  'Blue',
  'Silent',
  'Golden',
  'Broken',
  'Northern',
  'Paper',
  'Winter',
  'Electric',
  'Hidden',
  'Slow',
];
const seconds = [
  'River',
  'Morning',
  'Heart',
  'Street',
  'Garden',
  'Window',
  'Fire',
  'Letter',
  'Moon',
  'Train',
];
const artists = [
  'The Lanterns',
  'Ida Holm',
  'Low Tide',
  'Marble Arch',
  'Ōta Band',
  'Élan',
  'K. Novák',
  'Seven Bells',
];

/** Fills a new library with songs that have no files: their rows are what a list needs. */
export function fillLibrary(folder: string, count: number): void {
  const library = openLibrary(folder);
  try {
    for (let i = 0; i < count; i++) {
      const title = `${firsts[i % 10]} ${seconds[Math.floor(i / 10) % 10]} ${i}`;
      const info = {
        hash: createHash('sha256').update(title).digest('hex'),
        title,
        artist: artists[i % artists.length]!,
        album: `Album ${i % 400}`,
        duration: 120 + (i % 200),
      };
      library.songs.add(info, { path: `/music/${title}.flac`, size: 1, mtime: i }, i);
    }
  } finally {
    library.close();
  }
}

/**
 * Adds the library's first song again, played so many times over as has the wanted bars: a long score of real music.
 * @returns how many bars it has
 */
export function addLongSong(folder: string, title: string, bars: number): number {
  const library = openLibrary(folder);
  try {
    const [song] = library.songs.list();
    const [take] = library.takes.list(song!.id);
    const arrangement = library.takes.getArrangement(take!.id);
    const { analysis } = library.analyses.get(song!.id)!;
    const times = Math.ceil(bars / arrangement.bars.length);
    const info = {
      ...arrangement.song,
      hash: createHash('sha256').update(title).digest('hex'),
      title,
      duration: times * arrangement.song.duration,
    };
    library.songs.add(info, { path: song!.path, size: 1, mtime: 0 }, Date.now());
    library.analyses.put(repeatAnalysis(analysis, times, info), { createdAt: Date.now() });
    library.takes.add(repeatTake(arrangement, times, info), Date.now());
    return times * arrangement.bars.length;
  } finally {
    library.close();
  }
}

/** Things with a place, again after every `length` ticks. */
function repeat<T extends { start: number }>(things: readonly T[], times: number, length: number): T[] {
  return Array.from({ length: times }, (_, i) =>
    things.map((thing) => ({ ...thing, start: thing.start + i * length })),
  ).flat();
}

function repeatTake(take: Arrangement, times: number, song: Arrangement['song']): Arrangement {
  const beats = take.beatTimes.length - 1;
  const length = beats * TICKS_PER_BEAT;
  const seconds = take.beatTimes[beats]! - take.beatTimes[0]!;
  const again = <T extends { start: number }>(things: readonly T[]) => repeat(things, times, length);
  const { loudness: _, ...rest } = take;
  return {
    ...rest,
    song,
    beatTimes: Array.from({ length: times * beats + 1 }, (_, i) => {
      const round = Math.min(times - 1, Math.floor(i / beats));
      return take.beatTimes[i - round * beats]! + round * seconds;
    }),
    bars: again(take.bars),
    metres: again(take.metres),
    keys: again(take.keys),
    chords: again(take.chords),
    sections: again(take.sections),
    notes: again(take.notes),
    lead: again(take.lead),
  };
}

function repeatAnalysis(analysis: Analysis, times: number, song: Analysis['song']): Analysis {
  const { beats } = analysis;
  const length = beats.length * TICKS_PER_BEAT;
  const seconds = beats.at(-1)!.time + 0.5;
  const again = <T extends { start: number }>(things: readonly T[]) => repeat(things, times, length);
  return {
    ...analysis,
    song,
    beats: Array.from({ length: times }, (_, i) =>
      beats.map((beat) => ({ ...beat, time: beat.time + i * seconds })),
    ).flat(),
    metres: again(analysis.metres),
    keys: again(analysis.keys),
    chords: again(analysis.chords),
    sections: again(analysis.sections),
    melody: again(analysis.melody),
  };
}
