import type { Arrangement } from '../contract/arrangement.ts';
import type { AudioMix } from '../contract/audio.ts';
import { SongleafError } from '../contract/errors.ts';
import type { Media, SongSound } from '../contract/media.ts';
import type { Levels } from '../contract/performance.ts';
import type { Beside } from './audio-out/export-audio.ts';
import { measureRecord } from './audio-out/levels.ts';
import type { Engine } from './engine.ts';
import type { Library } from './library/library.ts';
import type { StemPaths } from './library/stem-files.ts';
import { transpose } from './score/transpose.ts';
import { ENGINE_VERSION } from './version.ts';

/** A medium as a file on this computer: for shells, never for pages. */
export interface MediaFile {
  path: string;
  /** Media type. */
  type: string;
  /** A file name to offer. */
  name: string;
}

const types = { wav: 'audio/wav', flac: 'audio/flac' } as const;

/** Makes what can be listened to, as files of a bounded cache: once for all who ask for the same. */
export class MediaMaker {
  readonly #engine: Engine;
  readonly #library: Library;
  readonly #stemsOf: (songId: string) => Promise<StemPaths>;
  readonly #making = new Map<string, Promise<string>>();
  /** LUFS of the recordings that were measured, by song. */
  readonly #loudness = new Map<string, number | null>();
  readonly #closing = new AbortController();

  constructor(engine: Engine, library: Library, stemsOf: (songId: string) => Promise<StemPaths>) {
    this.#engine = engine;
    this.#library = library;
    this.#stemsOf = stemsOf;
  }

  /** @throws SongleafError `song-unknown`, `bad-request`, `file-not-found`, audio codes, `file-unwritable`, `cancelled` */
  async file(media: Media): Promise<MediaFile> {
    if (media.kind === 'piano') {
      return { path: await this.#engine.pianoFile(), type: 'application/octet-stream', name: 'piano.sf3' };
    }
    if (media.kind === 'cover') {
      const { songId } = media;
      return { path: this.#library.covers.get(songId), type: 'image/jpeg', name: `${songId}.jpg` };
    }
    if (media.kind === 'song') {
      const { title } = this.#library.songs.get(media.songId);
      const path = await this.song(media.songId, media.sound);
      return { path, type: types.wav, name: `${title || 'song'}.${media.sound}.wav` };
    }
    const { takeId, mix, format, transpose: semitones = 0 } = media;
    if (semitones !== 0 && mix !== 'piano') throw wrongKey();
    const { song } = this.#library.takes.getArrangement(takeId);
    const key = semitones === 0 ? '' : `${semitones < 0 ? 'down' : 'up'}${Math.abs(semitones)}`;
    const { revision } = this.#library.takes.get(takeId);
    // What is under way when a take is mended is finished under the old number and found by nobody.
    const path = await this.#make(takeId, `${mix}${key}r${revision}.${format}`, (target) =>
      this.#playTake(takeId, mix, semitones, { target, format }),
    );
    const suffix = mix === 'piano' ? '' : `.${mix}`;
    return { path, type: types[format], name: `${song.title || 'song'}${suffix}.${format}` };
  }

  /** A song's sound as WAV. Throws like `file`. */
  async song(songId: string, sound: SongSound): Promise<string> {
    const { path } = this.#library.songs.get(songId);
    return await this.#make(songId, `${sound}.wav`, async (target) => {
      const source = sound === 'record' ? path : (await this.#stemsOf(songId))[sound];
      await this.#engine.decode(source, target, this.#closing.signal);
    });
  }

  /** How loud a song's recording and a take of it are. Throws like `file`. */
  async levels(songId: string, arrangement: Arrangement): Promise<Levels> {
    let record = this.#loudness.get(songId);
    if (record === undefined) {
      record = await measureRecord(await this.song(songId, 'record'));
      this.#loudness.set(songId, record);
    }
    return { record, piano: await this.#engine.loudness(arrangement) };
  }

  /** Cancels what is being made and waits until it has ended. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#making.values());
  }

  async #make(id: string, name: string, write: (target: string) => Promise<void>): Promise<string> {
    const { media } = this.#library;
    const known = media.find(id, ENGINE_VERSION, name);
    if (known !== null) return known;
    const target = media.place(id, ENGINE_VERSION, name);
    const running =
      this.#making.get(target) ??
      write(target)
        .then(() => {
          media.trim(target);
          return target;
        })
        .finally(() => this.#making.delete(target));
    this.#making.set(target, running);
    return await running;
  }

  async #playTake(
    takeId: string,
    mix: AudioMix,
    semitones: number,
    output: { target: string; format: 'wav' | 'flac' },
  ) {
    const arrangement = this.#library.takes.getArrangement(takeId);
    const { songId } = this.#library.takes.get(takeId);
    const analysis = this.#library.analyses.get(songId)?.analysis;
    if (!analysis) throw goneAnalysis(arrangement.song.title);
    const beside = await this.#beside(songId, mix);
    const played = semitones === 0 ? arrangement : transpose(arrangement, semitones);
    await this.#engine.play(played, analysis, beside, output, { signal: this.#closing.signal });
  }

  async #beside(songId: string, mix: AudioMix): Promise<Beside> {
    const { path: file } = this.#library.songs.get(songId);
    if (mix === 'piano') return { mix };
    if (mix === 'record') return { mix, file };
    const { vocals } = await this.#stemsOf(songId);
    return { mix, file, stems: { vocals } };
  }
}

function wrongKey(): SongleafError {
  return new SongleafError(
    'bad-request',
    'A transposed take does not go with the recording, which stays in its key.',
    'Take back the transposition, or choose the piano alone.',
  );
}

export function goneAnalysis(title: string): SongleafError {
  return new SongleafError(
    'analysis-invalid',
    `The analysis of “${title}” is gone.`,
    'Arrange the song again.',
  );
}
