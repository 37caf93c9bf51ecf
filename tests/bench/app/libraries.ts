import { createHash } from 'node:crypto';
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
