import type { Song } from '../../../main/contract/library.ts';

/** What the list can be ordered by. */
export const songOrders = ['added', 'title', 'artist', 'duration', 'tempo', 'key'] as const;
export type SongOrder = (typeof songOrders)[number];

/** Which songs the list shows. */
export const songFilters = ['all', 'unarranged', 'edited', 'working'] as const;
export type SongFilter = (typeof songFilters)[number];

const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

/** Songs in an order; what is not known comes last, and equals stay as they were added. */
export function orderSongs(songs: readonly Song[], order: SongOrder): readonly Song[] {
  switch (order) {
    case 'added':
      return songs;
    case 'title':
      return songs.toSorted((a, b) => collator.compare(a.title, b.title));
    case 'artist':
      return songs.toSorted(
        (a, b) =>
          Number(a.artist === '') - Number(b.artist === '') ||
          collator.compare(a.artist, b.artist) ||
          collator.compare(a.title, b.title),
      );
    case 'duration':
      return songs.toSorted((a, b) => a.duration - b.duration);
    case 'tempo':
      return songs.toSorted((a, b) => (a.bpm ?? Infinity) - (b.bpm ?? Infinity) || 0);
    case 'key':
      return songs.toSorted((a, b) => keyRank(a) - keyRank(b));
  }
}

/** Around the circle of fifths from C, each minor key after its major. */
function keyRank({ key }: Song): number {
  if (key === null) return 100;
  const major = key.mode === 'major' ? key.tonic : (key.tonic + 3) % 12;
  return 2 * ((major * 7) % 12) + (key.mode === 'minor' ? 1 : 0);
}

/** Songs with the text that a search looks at. */
export interface IndexedSong {
  song: Song;
  text: string;
}

/** Prepares songs for being searched at every keystroke. */
export function indexSongs(songs: readonly Song[]): readonly IndexedSong[] {
  return songs.map((song) => ({ song, text: fold(`${song.title} ${song.artist} ${song.album}`) }));
}

/** Songs in whose title, artist or album every word of the query occurs, without regard to case and accents. */
export function searchSongs(songs: readonly IndexedSong[], query: string): readonly Song[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  return songs.flatMap(({ song, text }) => (words.every((word) => text.includes(word)) ? [song] : []));
}

function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
}

/** Whether a song belongs to what is shown. */
export function passesFilter(
  song: Song,
  filter: SongFilter,
  isWorking: (songId: string) => boolean,
): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'unarranged':
      return song.takes === 0;
    case 'edited':
      return song.edited;
    case 'working':
      return isWorking(song.id);
  }
}
