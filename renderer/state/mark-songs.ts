import type { Song, SongMark } from '../../main/contract/library.ts';

/** Songs with what was found out about their files since. */
export function markSongs(songs: readonly Song[], marks: readonly SongMark[]): readonly Song[] {
  const news = new Map(marks.map((mark) => [mark.songId, mark]));
  return songs.map((song) => {
    const mark = news.get(song.id);
    if (mark === undefined) return song;
    const { cover: _cover, missing: _missing, ...rest } = song;
    return {
      ...rest,
      ...(mark.cover ? { cover: true as const } : {}),
      ...(mark.missing ? { missing: true as const } : {}),
    };
  });
}
