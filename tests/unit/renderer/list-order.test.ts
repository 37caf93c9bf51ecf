import { describe, expect, it } from 'vitest';
import type { Job } from '../../../main/contract/jobs.ts';
import type { Song } from '../../../main/contract/library.ts';
import {
  countFilters,
  indexSongs,
  noFilter,
  orderSongs,
  passesFilter,
  type SongFilter,
  searchSongs,
  songOrders,
  stateOf,
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
    const found = (query: string) => titles(searchSongs(songs, query));
    expect(found('')).toEqual(titles(songs));
    expect(found('ECL')).toEqual(['Éclair']);
    expect(found('angstrom blue')).toEqual(['Track 9']);
    expect(found('zoe track')).toEqual([]);
  });

  it('is ordered either way, with the unknown last', () => {
    expect(titles(orderSongs(songs, 'added', true))).toEqual(['Track 9', 'track 10', 'Éclair']);
    expect(titles(orderSongs(songs, 'artist', true))).toEqual(['Éclair', 'Track 9', 'track 10']);
    expect(titles(orderSongs(songs, 'tempo', true))).toEqual(['Éclair', 'Track 9', 'track 10']);
    const states = [
      make({ title: 'done', takes: 1 }),
      make({ title: 'gone', missing: true }),
      make({ title: 'new' }),
    ];
    expect(titles(orderSongs(states, 'state'))).toEqual(['gone', 'new', 'done']);
  });

  it('finds letters that have no plain twin in Unicode', () => {
    const found = (query: string) =>
      titles(searchSongs([make({ title: 'Straße', artist: 'Øystein Łód’s Ĳ' })], query));
    for (const query of ['strasse', 'STRAẞE', 'oystein', 'lod', "lod's", 'ij'])
      expect(found(query)).toEqual(['Straße']);
    expect(found('strase')).toEqual([]);
  });

  it('says how far a song has come', () => {
    const job = (state: Job['state']) => ({ state }) as Job;
    expect(stateOf(make({}), null)).toBe('new');
    expect(stateOf(make({ analysed: true }), undefined)).toBe('heard');
    expect(stateOf(make({ takes: 2 }), job('done'))).toBe('arranged');
    expect(stateOf(make({ takes: 2 }), job('queued'))).toBe('working');
    expect(stateOf(make({}), job('failed'))).toBe('failed');
    expect(stateOf(make({ takes: 2, missing: true }), job('running'))).toBe('missing');
  });

  it('shows what is asked for', () => {
    const passes = (song: Song, filter: Partial<SongFilter>) =>
      passesFilter(song, { ...noFilter, ...filter }, null);
    expect(passes(make({ takes: 1 }), { states: ['new', 'heard'] })).toBe(false);
    expect(passes(make({ takes: 1 }), { states: ['new', 'arranged'] })).toBe(true);
    expect(passes(make({ edited: true }), { edited: true })).toBe(true);
    expect(passes(make({}), { edited: true })).toBe(false);
    expect(passes(songs[0]!, { key: '7 major' })).toBe(true);
    expect(passes(songs[1]!, { key: '7 major' })).toBe(false);
    expect(passes(make({ bpm: 99.6 }), { slowest: 100 })).toBe(true);
    expect(passes(make({ bpm: 100.4 }), { fastest: 100 })).toBe(true);
    expect(passes(make({ bpm: 101 }), { slowest: 90, fastest: 100 })).toBe(false);
    expect(passes(make({}), { slowest: 90 })).toBe(false);
    expect(countFilters(noFilter)).toBe(0);
    expect(countFilters({ ...noFilter, states: ['new'], slowest: 1, fastest: 2 })).toBe(2);
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
    const ordered = orderSongs(many, 'title');
    indexSongs(ordered);
    const start = performance.now();
    expect(searchSongs(ordered, 'song 12 artist 3').length).toBeGreaterThan(0);
    // Half of what a keystroke may take; the rest is for drawing.
    expect(performance.now() - start).toBeLessThan(25);
  });
});
