import type { TextureScore } from '../../main/contract/arrangement.ts';
import type { Job } from '../../main/contract/jobs.ts';
import type { Take } from '../../main/contract/library.ts';
import type { Performance } from '../../main/contract/performance.ts';
import type { Comparison, TakeEdit, TakeMusic, TakePick } from '../../main/contract/takes.ts';
import type { Transport } from '../transport/transport.ts';
import { nextSettings, type TakeWish } from './settings.ts';

/** Takes whose notes are kept in the window. */
const MOST_KEPT = 60;

/** What a person does with takes. What changes them never rejects: a failure becomes a notice. */
export interface TakeDesk {
  /** Null: the settings name it. */
  rename: (take: Take, name: string | null) => Promise<void>;
  star: (take: Take, starred: boolean) => Promise<void>;
  /** Tells that it can be taken back. */
  remove: (take: Take) => Promise<void>;
  /** @returns whether there was something to bring back */
  undoRemove: (songId: string) => Promise<boolean>;
  restore: (take: Take) => Promise<void>;
  /** Asks for several takes at once, which come in without being shown at once. */
  more: (songId: string, wish: TakeWish, count: number) => Promise<void>;
  /**
   * Asks for some bars of a take to be written again, so many times; each time makes a further take.
   * @returns the jobs; none where that was refused
   */
  roll: (take: Take, bars: readonly number[], count: number) => Promise<readonly Job[]>;
  /** Asks for a take between two: at `share` 0 it has the texture of the first, at 1 that of the second. */
  morph: (one: Take, other: Take, share: number) => Promise<void>;
  /** The texture of a take, to be followed. @returns null where it has none */
  textureOf: (take: Take) => Promise<TextureScore | null>;
  /** That of a MIDI or MusicXML file. @returns null where it cannot be read */
  readTexture: (file: File) => Promise<TextureScore | null>;
  edit: (take: Take, edit: TakeEdit) => Promise<void>;
  undoEdit: (take: Take) => Promise<void>;
  redoEdit: (take: Take) => Promise<void>;
  /** Keeps passages of takes as a take of its own. @returns null where that was refused */
  comp: (songId: string, picks: readonly TakePick[]) => Promise<Take | null>;
  /** @throws SongleafError */
  readMusic: (take: Take) => Promise<TakeMusic>;
  /** @throws SongleafError */
  compare: (takes: readonly Take[]) => Promise<Comparison>;
  /** @throws SongleafError */
  scoreTogether: (
    takes: readonly { takeId: string; name: string }[],
    transpose: number,
  ) => Promise<{ musicxml: string; staves: number[] }>;
  /** @throws SongleafError */
  tryComp: (picks: readonly TakePick[]) => Promise<Performance>;
}

/** What the desk needs of the window's state. */
export interface TakeDeskHost {
  /** Runs what a person asked for; a failure becomes a notice. */
  attempt: (work: () => Promise<void>) => Promise<void>;
  /** Reads the song's takes anew, those that were removed too. */
  refresh: (songId: string) => Promise<void>;
  /** The song's removed takes, the last removed first. */
  removedOf: (songId: string) => readonly Take[];
  told: (take: Take) => void;
  /** The song's takes, removed ones too. */
  allOf: (songId: string) => readonly Take[];
  /** Follows a job whose take is not shown when it is there. */
  followQuietly: (job: Job) => void;
}

export function createTakeDesk(transport: Transport, host: TakeDeskHost): TakeDesk {
  const music = new Map<string, Promise<TakeMusic>>();

  /** The last seed that was asked for, of takes that may still be on their way. */
  const asked = new Map<string, number>();
  function nextSeed(key: string, least: number): number {
    const seed = Math.max(least, (asked.get(key) ?? 0) + 1);
    asked.set(key, seed);
    return seed;
  }

  /** Changes a take, then shows what it has become. */
  const change = (take: Take, work: () => Promise<unknown>) =>
    host.attempt(async () => {
      await work();
      await host.refresh(take.songId);
    });

  async function tryToRead<T>(work: () => Promise<T>): Promise<T | null> {
    let read: T | null = null;
    await host.attempt(async () => {
      read = await work();
    });
    return read;
  }

  return {
    rename: (take, name) => change(take, () => transport.call('takes.change', { takeId: take.id, name })),
    star: (take, starred) => change(take, () => transport.call('takes.change', { takeId: take.id, starred })),
    remove: (take) =>
      host.attempt(async () => {
        await transport.call('takes.remove', { takeId: take.id });
        await host.refresh(take.songId);
        host.told(take);
      }),
    async undoRemove(songId) {
      const [last] = host.removedOf(songId);
      if (last === undefined) return false;
      await change(last, () => transport.call('takes.restore', { takeId: last.id }));
      return true;
    },
    restore: (take) => change(take, () => transport.call('takes.restore', { takeId: take.id })),
    more: (songId, wish, count) =>
      host.attempt(async () => {
        const first = nextSettings(wish, host.allOf(songId)).seed;
        const key = `${songId} ${JSON.stringify(wish)}`;
        for (let i = 0; i < count; i++) {
          const seed = nextSeed(key, first);
          host.followQuietly(await transport.call('jobs.arrange', { songId, settings: { ...wish, seed } }));
        }
      }),
    async roll(take, bars, count) {
      const jobs: Job[] = [];
      await host.attempt(async () => {
        const { seed, rolls = [] } = take.settings;
        const first = Math.max(seed, ...rolls.map((roll) => roll.seed)) + 1;
        for (let i = 0; i < count; i++) {
          const roll = { bars: [...bars], seed: nextSeed(`roll ${take.id}`, first) };
          const job = await transport.call('takes.roll', { takeId: take.id, roll });
          host.followQuietly(job);
          jobs.push(job);
        }
      });
      return jobs;
    },
    morph: (one, other, share) =>
      host.attempt(async () => {
        host.followQuietly(await transport.call('takes.morph', { from: one.id, to: other.id, share }));
      }),
    textureOf: (take) => tryToRead(() => transport.call('takes.texture', { takeId: take.id })),
    readTexture: (file) =>
      tryToRead(async () =>
        transport.call('takes.readTexture', { name: file.name, base64: await packFile(file) }),
      ),
    edit: (take, edit) => change(take, () => transport.call('takes.edit', { takeId: take.id, edit })),
    undoEdit: (take) => change(take, () => transport.call('takes.undoEdit', { takeId: take.id })),
    redoEdit: (take) => change(take, () => transport.call('takes.redoEdit', { takeId: take.id })),
    async comp(songId, picks) {
      let kept: Take | null = null;
      await host.attempt(async () => {
        kept = await transport.call('takes.comp', { picks: [...picks] });
        await host.refresh(songId);
      });
      return kept;
    },
    readMusic(take) {
      const key = `${take.id} ${take.revision}`;
      const known = music.get(key);
      // The one that was asked for last goes last.
      music.delete(key);
      const asked = known ?? transport.call('takes.music', { takeId: take.id });
      music.set(key, asked);
      if (known === undefined) asked.catch(() => music.delete(key));
      for (const old of music.keys()) {
        if (music.size <= MOST_KEPT) break;
        music.delete(old);
      }
      return asked;
    },
    compare: (takes) => transport.call('takes.compare', { takeIds: takes.map(({ id }) => id) }),
    scoreTogether: (takes, transpose) =>
      transport.call('takes.scoreTogether', { takes: [...takes], transpose }),
    tryComp: (picks) => transport.call('takes.tryComp', { picks: [...picks] }),
  };
}

/** A file's bytes, packed with gzip, in base64. */
async function packFile(file: File): Promise<string> {
  const packed = file.stream().pipeThrough(new CompressionStream('gzip'));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
