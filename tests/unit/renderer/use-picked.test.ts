// @vitest-environment happy-dom
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { Song } from '../../../main/contract/library.ts';
import { usePicked } from '../../../renderer/features/songs/use-picked.ts';

const songs = ['a', 'b', 'c', 'd'].map((id) => ({ id }) as Song);
const [a, b, c, d] = songs as [Song, Song, Song, Song];
const plain = { shiftKey: false, ctrlKey: false, metaKey: false };

afterEach(cleanup);

/** A list of which a song is open. */
function openList(opened: string) {
  const { result, rerender } = renderHook((props) => usePicked(songs, props.opened), {
    initialProps: { opened },
  });
  return {
    ids: () => [...result.current.ids],
    pick: (song: Song, widening = {}) => act(() => void result.current.pick(song, { ...plain, ...widening })),
    open: (song: Song) => rerender({ opened: song.id }),
  };
}

test('a song that is opened from elsewhere is chosen in place of those that were', () => {
  const list = openList('a');
  list.pick(b);
  list.open(b);
  list.open(d);
  expect(list.ids()).toEqual(['d']);
  list.pick(c, { shiftKey: true });
  expect(list.ids()).toEqual(['c', 'd']);
});

test('one of several that are chosen may be opened', () => {
  const list = openList('a');
  list.pick(b, { ctrlKey: true });
  list.open(b);
  expect(list.ids()).toEqual([a.id, b.id]);
});
