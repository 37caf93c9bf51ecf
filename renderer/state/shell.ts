import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Backup } from '../../main/contract/backups.ts';
import type { Job } from '../../main/contract/jobs.ts';
import {
  type Settings,
  settingsSchema,
  type ViewState,
  viewStateSchema,
} from '../../main/contract/settings.ts';
import { songViews, useSongView } from '../features/song/view-state.ts';
import { songOrders } from '../features/songs/list-order.ts';
import { useListState } from '../features/songs/list-state.ts';
import { useWishes } from '../features/takes/wish-state.ts';
import type { Transport } from '../transport/transport.ts';
import { LateSaver, onLeaving } from './late-saver.ts';
import type { Library } from './library-state.ts';

/** What fills the window beside the list of songs. */
export const places = ['library', 'queue'] as const;
export type Place = (typeof places)[number];

/** Dialogs over everything, one at a time. */
export type ShellDialog = 'palette' | 'settings' | 'shortcuts' | 'about' | 'changes';

export interface ShellState {
  place: Place;
  dialog: ShellDialog | null;
  settings: Settings;
  view: ViewState;
  paused: boolean;
  show: (place: Place) => void;
  open: (dialog: ShellDialog | null) => void;
  /** None of these rejects: a failure becomes a notice. */
  change: (change: Partial<Settings>) => Promise<void>;
  /** Remembers what is in sight. */
  remember: (change: Partial<ViewState>) => void;
  setPaused: (paused: boolean) => Promise<void>;
  moveJob: (jobId: string, before: string | null) => Promise<void>;
  cancelWaiting: () => Promise<void>;
  clearEnded: () => Promise<void>;
  /** @throws SongleafError */
  readBackups: () => Promise<readonly Backup[]>;
  makeBackup: () => Promise<readonly Backup[]>;
  restore: (number: number) => Promise<void>;
}
export type Shell = StoreApi<ShellState>;

/** Milliseconds of rest before what is in sight is written down. */
const REST = 500;

/** What of the window is no music: settings, the queue's order, which view is open. */
export function createShell(transport: Transport, library: Library): Shell {
  // Not worth a word where it fails: the window opens elsewhere next time.
  const saver = new LateSaver(REST, () =>
    transport.call('view.set', shell.getState().view).then(
      () => undefined,
      () => undefined,
    ),
  );
  onLeaving(() => void saver.now());

  const shell: Shell = createStore<ShellState>()((set, get) => {
    const { attempt } = library.getState();
    const putJobs = (jobs: readonly Job[]) => library.setState({ jobs });
    return {
      place: 'library',
      dialog: null,
      settings: settingsSchema.parse({}),
      view: viewStateSchema.parse({}),
      paused: false,

      show(place) {
        set({ place });
        // A table over the whole window would hide it.
        useListState.getState().setWide(false);
        get().remember({ place });
      },
      open: (dialog) => set({ dialog }),

      async change(change) {
        const before = get().settings;
        const settings = { ...before, ...change };
        // Shown at once; taken back where it cannot be kept.
        set({ settings });
        await attempt(async () => {
          try {
            await transport.call('settings.set', settings);
          } catch (error) {
            set({ settings: before });
            throw error;
          }
        });
      },

      remember(change) {
        set({ view: { ...get().view, ...change } });
        saver.later();
      },

      setPaused: (paused) =>
        attempt(async () => set({ paused: (await transport.call('queue.setPaused', { paused })).paused })),
      moveJob: (jobId, before) =>
        attempt(async () => putJobs(await transport.call('jobs.move', { jobId, before }))),
      cancelWaiting: () =>
        attempt(async () => {
          await transport.call('queue.cancelWaiting', {});
          putJobs(await transport.call('jobs.list', {}));
        }),
      clearEnded: () => attempt(async () => putJobs(await transport.call('queue.clearEnded', {}))),

      readBackups: () => transport.call('backups.list', {}),
      makeBackup: () => transport.call('backups.make', {}),
      restore: async (number) => void (await transport.call('backups.restore', { number })),
    };
  });

  transport.onEvent(({ event, payload }) => {
    if (event === 'settings.changed') shell.setState({ settings: payload as Settings });
    if (event === 'queue.changed') {
      shell.setState({ paused: (payload as { paused: boolean }).paused });
      transport.call('jobs.list', {}).then(
        (jobs) => library.setState({ jobs }),
        () => undefined,
      );
    }
  });
  return shell;
}

/** Reads settings and what was last in sight, before the first picture. Never rejects: without them there are defaults. */
export async function restoreShell(transport: Transport, shell: Shell, library: Library): Promise<void> {
  try {
    const [settings, view, { paused }] = await Promise.all([
      transport.call('settings.get', {}),
      transport.call('view.get', {}),
      transport.call('queue.get', {}),
    ]);
    shell.setState({
      settings,
      view,
      paused,
      place: places.find((place) => place === view.place) ?? 'library',
    });
    library.setState({ selectedSong: view.songId });
    useWishes.getState().begin(settings.takes);
    const songView = songViews.find((name) => name === view.songView);
    if (songView !== undefined) useSongView.getState().show(songView);
    const order = songOrders.find((name) => name === view.order) ?? 'added';
    useListState.setState({ order, descending: view.descending, wide: view.wide });
  } catch {
    // The library says what is amiss when it is read.
  }
  library.subscribe(({ selectedSong, openings }, before) => {
    if (selectedSong !== before.selectedSong) shell.getState().remember({ songId: selectedSong });
    if (openings !== before.openings && shell.getState().place !== 'library')
      shell.getState().show('library');
  });
  useListState.subscribe(({ order, descending, wide }, before) => {
    if (order === before.order && descending === before.descending && wide === before.wide) return;
    shell.getState().remember({ order, descending, wide });
  });
  shell.subscribe(({ settings: { takes } }, { settings: before }) => {
    if (JSON.stringify(takes) !== JSON.stringify(before.takes)) useWishes.getState().begin(takes);
  });
  useSongView.subscribe(({ view }) => shell.getState().remember({ songView: view }));
}
