import { createStore } from 'zustand/vanilla';
import type { ArrangeSettings } from '../../main/contract/arrangement.ts';
import { toErrorReport } from '../../main/contract/errors.ts';
import type { Job } from '../../main/contract/jobs.ts';
import type { ImportResult, Song, SongMark } from '../../main/contract/library.ts';
import type { ScoreOptions } from '../../main/contract/score-options.ts';
import { createSoundSource } from '../features/player/sound-source.ts';
import type { Transport } from '../transport/transport.ts';
import { baseName } from './base-name.ts';
import { emptyLibrary, type Library, type LibraryState, type NoticeContent } from './library-state.ts';
import { markSongs } from './mark-songs.ts';
import { createNoticeReader } from './read-notices.ts';
import { firstTake } from './settings.ts';
import { isActive } from './song-jobs.ts';
import { createTakeDesk } from './take-desk.ts';

/** The window's state: what the engine told last, what is selected, and what is still to be said. */
export function createLibrary(transport: Transport): Library {
  let noticeCount = 0;
  const readNotices = createNoticeReader(transport);
  /** Jobs whose take is not shown as soon as it is there: several were asked for at once. */
  const quiet = new Set<string>();
  /** How many additions of songs are under way, and when the last of them has ended. */
  let adds = 0;
  let lastAdd: Promise<void> = Promise.resolve();
  /** How often a person has changed how scores look: what was read before that no longer holds. */
  let paperChanges = 0;

  return createStore<LibraryState>()((set, get) => {
    function tell(...contents: NoticeContent[]): void {
      const notices = contents.map((content) => ({ ...content, id: noticeCount++ }));
      set({ notices: [...get().notices, ...notices] });
    }

    /** Runs what a person asked for; a failure becomes a notice. */
    async function attempt(work: () => Promise<void>): Promise<void> {
      try {
        await work();
      } catch (error) {
        tell({ kind: 'error', error: toErrorReport(error) });
      }
    }

    function putJob(job: Job): void {
      const { jobs } = get();
      const before = jobs.find(({ id }) => id === job.id);
      // A job that is tried again goes to the end of the queue.
      if (before && !(isActive(job) && !isActive(before))) {
        set({ jobs: jobs.map((each) => (each === before ? job : each)) });
      } else set({ jobs: [...jobs.filter((each) => each !== before), job] });
    }

    async function readTakes(songId: string, select: 'keep' | 'newest'): Promise<void> {
      const changes = paperChanges;
      const [takes, removed, options] = await Promise.all([
        transport.call('takes.list', { songId }),
        transport.call('takes.listRemoved', { songId }),
        transport.call('songs.scoreOptions', { songId }),
      ]);
      const sorted = takes.toSorted((a, b) => a.createdAt - b.createdAt);
      const chosen = sorted.find(({ id }) => id === get().selectedTakes[songId]);
      const selected = select === 'newest' ? sorted.at(-1) : (chosen ?? sorted.at(-1));
      set({
        takes: { ...get().takes, [songId]: sorted },
        removedTakes: { ...get().removedTakes, [songId]: removed },
        ...(changes === paperChanges ? paperOf(songId, options) : {}),
      });
      if (selected !== undefined) get().selectTake(songId, selected.id);
    }

    /** What is known once a song's options are: they hold for what is in sight, and its key for the next time. */
    function paperOf(songId: string, options: ScoreOptions): Partial<LibraryState> {
      const { transpositions, selectedSong, scoreOptions } = get();
      return {
        transpositions: { ...transpositions, [songId]: options.transpose },
        scoreOptions: songId === selectedSong ? options : scoreOptions,
      };
    }

    /** Shows these songs; the one in sight stays there, or the first takes its place. @returns its id */
    function showSongs(songs: readonly Song[], besides: Partial<LibraryState> = {}): string | null {
      const kept = songs.find(({ id }) => id === get().selectedSong) ?? songs[0];
      const selectedSong = kept?.id ?? null;
      set({ ...besides, songs, selectedSong });
      return selectedSong;
    }

    async function readSongs(): Promise<void> {
      const selected = showSongs(await transport.call('songs.list', {}));
      if (selected !== null) await readTakes(selected, 'keep');
    }

    async function arrange(songId: string, settings: ArrangeSettings): Promise<void> {
      const job = await transport.call('jobs.arrange', { songId, settings });
      // Its first news may have come before this answer.
      if (!get().jobs.some(({ id }) => id === job.id)) putJob(job);
    }

    /** Makes a song the one in sight, wherever the person looks at the moment. */
    async function select(songId: string): Promise<void> {
      const { scoreOptions, transpositions } = get();
      // Each song has its own key; known before, it is drawn in it at once.
      const transpose = transpositions[songId] ?? 0;
      set({ selectedSong: songId, scoreOptions: { ...scoreOptions, transpose } });
      await attempt(() => readTakes(songId, 'keep'));
    }

    /** Shows what an import did and asks for a first take of every new song. */
    async function takeIn({ added, known, failed }: ImportResult): Promise<void> {
      tell(...failed.map(({ path, error }) => ({ kind: 'not-added' as const, error, file: baseName(path) })));
      if (known.length > 0) tell({ kind: 'known', titles: known.map(({ title }) => title) });
      await readSongs();
      const first = added[0] ?? known[0];
      if (first !== undefined) await select(first.id);
      const { arrangeNew, takes } = await transport.call('settings.get', {});
      if (!arrangeNew) return;
      for (const song of added) {
        await attempt(() => arrange(song.id, firstTake(takes)));
      }
    }

    /** Adds what comes, after all that is being added already. */
    function add(choose: () => Promise<ImportResult | null>): Promise<void> {
      adds += 1;
      set({ adding: true });
      lastAdd = lastAdd.then(async () => {
        await attempt(async () => {
          const result = await choose();
          if (result !== null) await takeIn(result);
        });
        adds -= 1;
        set({ adding: adds > 0 });
      });
      return lastAdd;
    }

    /** The same for what is on its way whether anybody waits for it or not. */
    function addComing(result: Promise<ImportResult>): Promise<void> {
      // Waiting for its turn it may fail before anybody looks.
      result.catch(() => undefined);
      return add(() => result);
    }

    /** A second dialog over the first would be one too many. */
    async function ask(choose: () => Promise<ImportResult | null>): Promise<void> {
      if (!get().adding) await add(choose);
    }

    /** True where the song's empty page is in sight, which tells about its job itself. */
    function isSheetOf(songId: string): boolean {
      const { selectedSong, takes } = get();
      return selectedSong === songId && (takes[songId] ?? []).length === 0;
    }

    function onJobChanged(job: Job): void {
      const before = get().jobs.find(({ id }) => id === job.id);
      putJob(job);
      if (job.state === before?.state) return;
      if (job.state === 'failed' && job.error !== null && !isSheetOf(job.songId)) {
        tell({ kind: 'not-finished', error: job.error, songId: job.songId });
      }
      // The list itself comes with `songs.changed`.
      if (job.state !== 'done' || job.kind !== 'arrange') return;
      void attempt(() => readTakes(job.songId, quiet.has(job.id) ? 'keep' : 'newest'));
    }

    transport.onEvent(({ event, payload }) => {
      if (event === 'job.changed') onJobChanged(payload as Job);
      else if (event === 'songs.marked') set({ songs: markSongs(get().songs, payload as SongMark[]) });
      else if (event === 'songs.changed') void get().load();
      else if (event === 'engine.restarted') {
        tell({ kind: 'engine', running: (payload as { running: boolean }).running });
      }
    });
    transport.onConnection((connected) => {
      const cameBack = connected && !get().connected;
      set({ connected });
      if (cameBack) void get().load();
    });
    transport.shell.onOpened((result) => void addComing(result));

    return {
      ...emptyLibrary,

      async load(restored) {
        try {
          const [jobs, songs] = await Promise.all([
            transport.call('jobs.list', {}),
            transport.call('songs.list', {}),
            restored,
          ]);
          const selected = showSongs(songs, { jobs, status: 'ready', failure: null });
          // The list can be used before the song in sight is there.
          await Promise.all([
            selected === null ? null : readTakes(selected, 'keep'),
            readNotices().then((notices) => tell(...notices)),
          ]);
        } catch (error) {
          // A window that showed something keeps it; only a first opening fails as a whole.
          if (get().status === 'ready') tell({ kind: 'error', error: toErrorReport(error) });
          else set({ status: 'failed', failure: toErrorReport(error) });
        }
      },

      pickSongs: () => ask(() => transport.pickSongs()),
      importDropped: (data) => addComing(transport.importDropped(data)),
      pickFolder: () => ask(() => transport.files.pickFolder()),
      addExample: () =>
        add(async () => ({ added: [await transport.call('songs.addExample', {})], known: [], failed: [] })),

      lookAtFiles: () => attempt(async () => void (await transport.call('songs.look', {}))),

      locateSong: (songId) =>
        attempt(async () => {
          const song = await transport.files.locateSong(songId);
          if (song === null) return;
          tell({ kind: 'found', titles: [song.title], missing: 0 });
          await readSongs();
        }),

      findMoved: () =>
        attempt(async () => {
          const result = await transport.files.findMoved();
          if (result === null) return;
          tell({ kind: 'found', titles: result.found.map(({ title }) => title), missing: result.missing });
          await readSongs();
        }),

      async selectSong(songId) {
        set({ openings: get().openings + 1 });
        await select(songId);
      },

      selectTake(songId, takeId) {
        set({ selectedTakes: { ...get().selectedTakes, [songId]: takeId } });
      },

      attempt,
      tell,
      takeDesk: createTakeDesk(transport, {
        attempt,
        refresh: (songId) => readTakes(songId, 'keep'),
        removedOf: (songId) => get().removedTakes[songId] ?? [],
        told: (take) => tell({ kind: 'take-removed', take }),
        allOf: (songId) => [...(get().takes[songId] ?? []), ...(get().removedTakes[songId] ?? [])],
        followQuietly(job) {
          quiet.add(job.id);
          if (!get().jobs.some(({ id }) => id === job.id)) putJob(job);
        },
      }),

      arrange: (songId, settings) => attempt(() => arrange(songId, settings)),
      cancel: (jobId) => attempt(async () => putJob(await transport.call('jobs.cancel', { jobId }))),
      retry: (jobId) => attempt(async () => putJob(await transport.call('jobs.retry', { jobId }))),

      removeSong: (songId) =>
        attempt(async () => {
          await transport.call('songs.remove', { songId });
          await readSongs();
        }),

      coverUrl: (songId) => transport.mediaUrl({ kind: 'cover', songId }),
      sound: createSoundSource(transport),

      printTake: (takeId, print) =>
        attempt(async () => {
          const { scoreOptions } = get();
          await print(await get().readScore(takeId, scoreOptions), scoreOptions.largePrint);
        }),

      async setScoreOptions(scoreOptions) {
        const { selectedSong: songId } = get();
        if (songId === null) return;
        paperChanges += 1;
        set(paperOf(songId, scoreOptions));
        await attempt(
          async () => void (await transport.call('songs.setScoreOptions', { songId, options: scoreOptions })),
        );
      },

      async readScore(takeId, options) {
        return (await transport.call('takes.score', { takeId, options })).musicxml;
      },

      async readCredits() {
        const { version } = await transport.call('engine.info', {});
        return { version, credits: await transport.call('engine.credits', {}) };
      },

      dismiss(noticeId) {
        set({ notices: get().notices.filter(({ id }) => id !== noticeId) });
      },
    };
  });
}
