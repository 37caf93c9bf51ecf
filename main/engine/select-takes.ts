import { SongleafError } from '../contract/errors.ts';
import type { ExportTake, TakeSelection } from '../contract/export.ts';
import type { Song, Take } from '../contract/library.ts';
import type { LibraryReader } from './library/library.ts';

/** The takes that are meant, song by song, with what their files may be named after. @throws SongleafError `bad-request`, `song-unknown` */
export function selectTakes(
  { songs, takes }: Pick<LibraryReader, 'songs' | 'takes'>,
  selection: TakeSelection,
): ExportTake[] {
  switch (selection.of) {
    case 'songs':
      return selection.songIds.flatMap((songId) => describeAll(songs.get(songId), takes.list(songId)));
    case 'takes': {
      const known = new Map<string, ExportTake[]>();
      return selection.takeIds.map((takeId) => {
        const { songId } = takes.get(takeId);
        const own = known.get(songId) ?? describeAll(songs.get(songId), takes.list(songId));
        known.set(songId, own);
        const wanted = own.find((take) => take.takeId === takeId);
        if (wanted) return wanted;
        // Known but not listed.
        throw new SongleafError('bad-request', 'That take was removed.', 'Put it back, or choose another.');
      });
    }
    case 'starred':
      return songs
        .list()
        .filter((song) => song.takes > 0)
        .flatMap((song) => describeAll(song, takes.list(song.id)))
        .filter(({ starred }) => starred);
  }
}

function describeAll(song: Song, takes: readonly Take[]): ExportTake[] {
  return takes.map(({ id, settings, number, name, starred }, i) => ({
    takeId: id,
    songId: song.id,
    title: song.title,
    artist: song.artist,
    album: song.album,
    n: number,
    name: name ?? '',
    newest: i === takes.length - 1,
    starred,
    settings: {
      model: settings.model,
      level: settings.level,
      melody: settings.melody,
      seed: settings.seed,
    },
    bpm: song.bpm,
    key: song.key,
  }));
}
