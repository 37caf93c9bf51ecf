import type { Job } from '../../../main/contract/jobs.ts';
import type { Song } from '../../../main/contract/library.ts';
import { isActive } from '../../state/song-jobs.ts';

/** What the list can be ordered by. */
export const songOrders = ['added', 'title', 'artist', 'duration', 'tempo', 'key', 'state'] as const;
export type SongOrder = (typeof songOrders)[number];

/** How far a song has come, the most urgent first. */
export const songStates = ['missing', 'failed', 'working', 'new', 'heard', 'arranged'] as const;
export type SongState = (typeof songStates)[number];

/** @param job what the song's row tells about (`jobsBySong`) */
export function stateOf(song: Song, job: Job | null | undefined): SongState {
  if (song.missing) return 'missing';
  if (job && isActive(job)) return 'working';
  if (job?.state === 'failed') return 'failed';
  if (song.takes > 0) return 'arranged';
  return song.analysed ? 'heard' : 'new';
}

const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

type Jobs = ReadonlyMap<string, Job>;
const noJobs: Jobs = new Map();

/**
 * Songs in an order; what is not known comes last either way, and equals stay as they were added.
 * @param jobs what is worked on, where the order is by state
 */
export function orderSongs(
  songs: readonly Song[],
  order: SongOrder,
  descending = false,
  jobs: Jobs = noJobs,
): readonly Song[] {
  if (order === 'added') return descending ? songs.toReversed() : songs;
  const compare = comparators[order];
  const sign = descending ? -1 : 1;
  const isKnown = known[order] ?? (() => true);
  return songs.toSorted(
    (a, b) => Number(isKnown(b)) - Number(isKnown(a)) || sign * compare(a, b, jobs) || tieOf(order, a, b),
  );
}

/** Songs of one artist go by title whichever way the artists go. */
function tieOf(order: SongOrder, a: Song, b: Song): number {
  return order === 'artist' ? collator.compare(a.title, b.title) : 0;
}

const known: Partial<Record<SongOrder, (song: Song) => boolean>> = {
  artist: ({ artist }) => artist !== '',
  tempo: ({ bpm }) => bpm !== null,
  key: ({ key }) => key !== null,
};

const comparators: Record<Exclude<SongOrder, 'added'>, (a: Song, b: Song, jobs: Jobs) => number> = {
  title: (a, b) => collator.compare(a.title, b.title),
  artist: (a, b) => collator.compare(a.artist, b.artist),
  duration: (a, b) => a.duration - b.duration,
  tempo: (a, b) => (a.bpm ?? 0) - (b.bpm ?? 0),
  key: (a, b) => keyRank(a) - keyRank(b),
  state: (a, b, jobs) => stateRank(a, jobs) - stateRank(b, jobs),
};

function stateRank(song: Song, jobs: Jobs): number {
  return songStates.indexOf(stateOf(song, jobs.get(song.id)));
}

/** Around the circle of fifths from C, each minor key after its major. */
function keyRank({ key }: Song): number {
  if (key === null) return 0;
  const major = key.mode === 'major' ? key.tonic : (key.tonic + 3) % 12;
  return 2 * ((major * 7) % 12) + (key.mode === 'minor' ? 1 : 0);
}

/** What a search looks at in each song; folding thousands of them at a keystroke would be felt. */
const texts = new WeakMap<Song, string>();

function textOf(song: Song): string {
  const known = texts.get(song);
  if (known !== undefined) return known;
  const text = fold(`${song.title} ${song.artist} ${song.album}`);
  texts.set(song, text);
  return text;
}

/** Prepares songs for the first search. */
export function indexSongs(songs: readonly Song[]): void {
  for (const song of songs) textOf(song);
}

/** Songs in whose title, artist or album every word of the query occurs, without regard to case and accents. */
export function searchSongs(songs: readonly Song[], query: string): readonly Song[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return songs;
  return songs.filter((song) => words.every((word) => textOf(song).includes(word)));
}

/** Letters that Unicode does not take apart into a plain one and its mark. */
const plainLetters: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};
const marked = new RegExp(`[${Object.keys(plainLetters).join('')}]`, 'gu');

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(marked, (letter) => plainLetters[letter]!)
    .replace(/[’‘`´]/gu, "'");
}

/** Which songs the list shows; everything where a filter is empty. */
export interface SongFilter {
  states: readonly SongState[];
  /** `tonic mode`, as `keyName` writes it. */
  key: string | null;
  slowest: number | null;
  fastest: number | null;
  edited: boolean;
}

export const noFilter: SongFilter = { states: [], key: null, slowest: null, fastest: null, edited: false };

export function keyName({ tonic, mode }: NonNullable<Song['key']>): string {
  return `${tonic} ${mode}`;
}

/** How many of the filters are set. */
export function countFilters({ states, key, slowest, fastest, edited }: SongFilter): number {
  return [states.length > 0, key !== null, slowest !== null || fastest !== null, edited].filter(Boolean)
    .length;
}

/** Whether a song belongs to what is shown. */
export function passesFilter(song: Song, filter: SongFilter, job: Job | null | undefined): boolean {
  const { states, key, slowest, fastest, edited } = filter;
  if (states.length > 0 && !states.includes(stateOf(song, job))) return false;
  if (key !== null && (song.key === null || keyName(song.key) !== key)) return false;
  if (edited && !song.edited) return false;
  if (slowest === null && fastest === null) return true;
  // As the list shows it, in whole beats.
  const bpm = song.bpm === null ? null : Math.round(song.bpm);
  return bpm !== null && bpm >= (slowest ?? 0) && bpm <= (fastest ?? Number.POSITIVE_INFINITY);
}
