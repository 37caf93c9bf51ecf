import { beforeEach, describe, expect, test } from 'vitest';
import {
  comparingOf,
  markedBars,
  picksOf,
  useCompare,
} from '../../../../renderer/features/compare/compare-state.ts';

const song = 's';
const now = () => comparingOf(useCompare.getState().bySong, song);

beforeEach(() => useCompare.setState({ bySong: {}, layout: 'under' }));

describe('what is compared', () => {
  test('is four takes at most, each once', () => {
    useCompare.getState().open(song, ['a', 'b', 'a', 'c', 'd', 'e']);
    expect(now().takeIds).toEqual(['a', 'b', 'c', 'd']);
    expect(comparingOf(useCompare.getState().bySong, 'other').takeIds).toEqual([]);
  });

  test('plays the first take where nothing was chosen, and passages of others where they were', () => {
    const { open, choose } = useCompare.getState();
    open(song, ['a', 'b', 'c']);
    expect(picksOf(now(), 4)).toEqual([{ takeId: 'a', first: 0, last: 3 }]);
    choose(song, 'b', 1, 2);
    choose(song, 'c', 2, 2);
    expect(picksOf(now(), 4)).toEqual([
      { takeId: 'a', first: 0, last: 0 },
      { takeId: 'b', first: 1, last: 1 },
      { takeId: 'c', first: 2, last: 2 },
      { takeId: 'a', first: 3, last: 3 },
    ]);
  });

  test('takes choices back one by one', () => {
    const { open, choose, undo } = useCompare.getState();
    open(song, ['a', 'b']);
    choose(song, 'b', 0, 1);
    choose(song, 'a', 1, 1);
    undo(song);
    expect(now().choices).toEqual({ 0: 'b', 1: 'b' });
    undo(song);
    undo(song);
    expect(now().choices).toEqual({});
  });

  test('forgets choices and marks of takes that are no longer compared', () => {
    const { open, choose, mark } = useCompare.getState();
    open(song, ['a', 'b', 'c']);
    choose(song, 'b', 0, 0);
    choose(song, 'c', 1, 1);
    mark(song, { takeId: 'b', anchor: 5, bar: 2 });
    expect(markedBars(now().marked!)).toEqual({ first: 2, last: 5 });
    open(song, ['a', 'c']);
    expect(now()).toMatchObject({ choices: { 1: 'c' }, marked: null });
  });
});
