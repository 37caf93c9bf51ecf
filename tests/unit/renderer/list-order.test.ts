import { describe, expect, it } from 'vitest';
import type { Song } from '../../../main/contract/library.ts';
import {
  indexSongs,
  orderSongs,
  passesFilter,
  searchSongs,
  songOrders,
} from '../../../renderer/features/songs/list-order.ts';

function make(change: Partial<Song>): Song {
  return {
    id: 'a'.repeat(64),
    path: '',
    title: '',
    artist: '',
    album: '',
    duration: 0,
    addedAt: 0,
    analysed: false,
    bpm: null,
    key: null,
    edited: false,
    takes: 0,
    ...change,
  };
}

const songs = [
  make({ title: 'Éclair', artist: 'Zoë', duration: 200, bpm: 120, key: { tonic: 7, mode: 'major' } }),
  make({ title: 'track 10', artist: '', duration: 100 }),
  make({
    title: 'Track 9',
    artist: 'Ångström',
    album: 'Blue',
    duration: 300,
    bpm: 60,
    key: { tonic: 9, mode: 'minor' },
  }),
];
const titles = (list: readonly Song[]) => list.map(({ title }) => title);

describe('the list of songs', () => {
  it('is ordered as people order, with the unknown last', () => {
    expect(titles(orderSongs(songs, 'added'))).toEqual(titles(songs));
    expect(titles(orderSongs(songs, 'title'))).toEqual(['Éclair', 'Track 9', 'track 10']);
    expect(titles(orderSongs(songs, 'artist'))).toEqual(['Track 9', 'Éclair', 'track 10']);
    expect(titles(orderSongs(songs, 'duration'))).toEqual(['track 10', 'Éclair', 'Track 9']);
    expect(titles(orderSongs(songs, 'tempo'))).toEqual(['Track 9', 'Éclair', 'track 10']);
    expect(titles(orderSongs(songs, 'key'))).toEqual(['Track 9', 'Éclair', 'track 10']);
  });

  it('is searched in title, artist and album, without regard to case and accents', () => {
    const found = (query: string) => titles(searchSongs(indexSongs(songs), query));
    expect(found('')).toEqual(titles(songs));
    expect(found('ECL')).toEqual(['Éclair']);
    expect(found('angstrom blue')).toEqual(['Track 9']);
    expect(found('zoe track')).toEqual([]);
  });

  it('shows what is asked for', () => {
    const idle = () => false;
    expect(passesFilter(make({ takes: 1 }), 'unarranged', idle)).toBe(false);
    expect(passesFilter(make({ edited: true }), 'edited', idle)).toBe(true);
    expect(passesFilter(make({}), 'working', () => true)).toBe(true);
  });

  it('of 5,000 songs is ordered and searched within a keystroke', () => {
    const many = Array.from({ length: 5000 }, (_, i) =>
      make({
        id: String(i).padStart(64, '0'),
        title: `Song ${(i * 7919) % 5000}`,
        artist: `Artist ${i % 97}`,
        bpm: i % 180,
      }),
    );
    for (const order of songOrders) expect(orderSongs(many, order)).toHaveLength(5000);
    const index = indexSongs(orderSongs(many, 'title'));
    const start = performance.now();
    expect(searchSongs(index, 'song 12 artist 3').length).toBeGreaterThan(0);
    // Half of what a keystroke may take; the rest is for drawing.
    expect(performance.now() - start).toBeLessThan(25);
  });
});
