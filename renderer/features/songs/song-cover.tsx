import { useState } from 'react';
import type { Song } from '../../../main/contract/library.ts';
import { LeafNote } from '../../parts/icons.tsx';
import { useLibrary } from '../../state/use-library.tsx';

/** The picture on a song's cover, made small by the engine; a note where it has none. */
export function SongCover({ song }: { song: Song }) {
  const coverUrl = useLibrary((library) => library.coverUrl);
  const [broken, setBroken] = useState(false);
  return (
    <span className="song-cover" aria-hidden="true">
      {song.cover && !broken ? (
        <img
          src={coverUrl(song.id)}
          alt=""
          width={48}
          height={48}
          decoding="async"
          draggable={false}
          // Of another scheme in the app, which names this page as the one that may read it.
          crossOrigin="anonymous"
          onError={() => setBroken(true)}
        />
      ) : (
        <LeafNote />
      )}
    </span>
  );
}
