import { SongleafError } from '../../../main/contract/errors.ts';
import type { Media, SongSound } from '../../../main/contract/media.ts';
import type { Levels, Performance, PlayerSettings } from '../../../main/contract/performance.ts';
import { fetchMedia } from '../../transport/fetch-media.ts';
import type { Transport } from '../../transport/transport.ts';

/** Bytes of the header of the engine's WAV files, and of a frame. */
const HEADER = 44;
const FRAME = 4;

/** What a player needs of the engine. All of it throws SongleafError. */
export interface SoundSource {
  performance(takeId: string): Promise<Performance>;
  levels(takeId: string): Promise<Levels>;
  settings(songId: string): Promise<PlayerSettings>;
  saveSettings(songId: string, settings: PlayerSettings): Promise<void>;
  piano(): Promise<ArrayBuffer>;
  /** Opens a song's sound, made first where it is not there: a voice takes about a minute. */
  open(songId: string, sound: SongSound): Promise<OpenSound>;
}

/** A recording of 16-bit stereo at 44.1 kHz. */
export interface OpenSound {
  frames: number;
  /** Left and right in turn. */
  read(from: number, frames: number): Promise<Int16Array>;
}

export function createSoundSource(transport: Transport): SoundSource {
  return {
    performance: (takeId) => transport.call('takes.performance', { takeId }),
    levels: (takeId) => transport.call('takes.levels', { takeId }),
    settings: (songId) => transport.call('songs.player', { songId }),
    async saveSettings(songId, settings) {
      await transport.call('songs.setPlayer', { songId, settings });
    },
    async piano() {
      const response = await fetchMedia(transport.mediaUrl({ kind: 'piano' }));
      return await response.arrayBuffer();
    },
    async open(songId, sound) {
      const media: Media = { kind: 'song', songId, sound };
      const url = transport.mediaUrl(media);
      const head = await fetchMedia(url, { first: 0, last: HEADER - 1 });
      await head.arrayBuffer();
      const size = Number(/\/(\d+)$/.exec(head.headers.get('Content-Range') ?? '')?.[1]);
      if (!Number.isFinite(size)) {
        throw new SongleafError('internal', 'The sound has no length.', 'Start Songleaf anew.');
      }
      return {
        frames: Math.floor((size - HEADER) / FRAME),
        async read(from, frames) {
          const first = HEADER + from * FRAME;
          const last = Math.min(size, first + frames * FRAME) - 1;
          const bytes = await (await fetchMedia(url, { first, last })).arrayBuffer();
          return new Int16Array(bytes, 0, bytes.byteLength >> 1);
        },
      };
    },
  };
}
