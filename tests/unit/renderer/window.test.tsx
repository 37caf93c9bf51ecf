// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { I18nextProvider } from 'react-i18next';
import { afterEach, describe, expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Job } from '../../../main/contract/jobs.ts';
import type { Song } from '../../../main/contract/library.ts';
import { App } from '../../../renderer/app.tsx';
import { createExports } from '../../../renderer/features/export/exports.ts';
import { ExportsProvider } from '../../../renderer/features/export/use-exports.tsx';
import type { SoundSource } from '../../../renderer/features/player/sound-source.ts';
import { i18n } from '../../../renderer/i18n/i18n.ts';
import { emptyLibrary, type LibraryData, type LibraryState } from '../../../renderer/state/library-state.ts';
import { createShell } from '../../../renderer/state/shell.ts';
import type { TakeDesk } from '../../../renderer/state/take-desk.ts';
import { LibraryProvider } from '../../../renderer/state/use-library.tsx';
import { ShellProvider } from '../../../renderer/state/use-shell.tsx';
import { TransportProvider } from '../../../renderer/state/use-transport.tsx';
import { createBrowserShell } from '../../../renderer/transport/browser-shell.ts';
import type { Transport } from '../../../renderer/transport/transport.ts';

const nothing = () => Promise.resolve();
const actions = {
  load: nothing,
  pickSongs: nothing,
  importDropped: nothing,
  coverUrl: () => '',
  selectSong: nothing,
  selectTake: () => undefined,
  takeDesk: {} as TakeDesk,
  arrange: nothing,
  cancel: nothing,
  retry: nothing,
  removeSong: nothing,
  pickFolder: nothing,
  addExample: nothing,
  lookAtFiles: nothing,
  locateSong: nothing,
  findMoved: nothing,
  sound: {} as SoundSource,
  printTake: nothing,
  setScoreOptions: nothing,
  readScore: () => Promise.resolve(''),
  readCredits: () => Promise.resolve({ version: '1', credits: [] }),
  dismiss: () => undefined,
  tell: () => undefined,
  attempt: (work: () => Promise<void>) => work(),
};

/** An engine out of reach: nothing here asks it anything. */
const transport = {
  call: () => new Promise(() => undefined),
  onEvent: () => undefined,
  onMenu: () => undefined,
  shell: createBrowserShell(),
  files: { reachesSystem: false },
} as unknown as Transport;
const memory = { getItem: () => null, setItem: () => undefined };

/** Shows the window in a state. */
function show(data: Partial<LibraryData>) {
  const library = createStore<LibraryState>()(() => ({
    ...emptyLibrary,
    status: 'ready',
    ...actions,
    ...data,
  }));
  return render(
    <I18nextProvider i18n={i18n}>
      <TransportProvider transport={transport}>
        <LibraryProvider library={library}>
          <ExportsProvider exports={createExports(transport, memory)}>
            <ShellProvider shell={createShell(transport, library)}>
              <App />
            </ShellProvider>
          </ExportsProvider>
        </LibraryProvider>
      </TransportProvider>
    </I18nextProvider>,
  );
}

const song: Song = {
  id: 'a'.repeat(64),
  path: '/music/a.ogg',
  title: '<img src=x onerror=alert(1)>{{count}}$t(app.name)',
  artist: '"><script>1</script>',
  album: '',
  duration: 133,
  addedAt: 0,
  analysed: false,
  bpm: null,
  key: null,
  edited: false,
  takes: 0,
};

function job(change: Partial<Job>): Job {
  return {
    id: 'j',
    kind: 'arrange',
    songId: song.id,
    state: 'running',
    progress: { stage: 'chords', stageFraction: 0.5, fraction: 0.43 },
    eta: 75,
    attempts: 1,
    createdAt: 0,
    startedAt: 0,
    endedAt: null,
    error: null,
    ...change,
  };
}

// Nothing is laid out here, and a list without a height draws no rows.
Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, value: 600 });

afterEach(cleanup);

describe('the window', () => {
  test('waits for a first song', () => {
    show({});
    expect(screen.getByRole('heading', { name: 'Drop a song here' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Add songs' })).toBeTruthy();
  });

  test('does not say that a song has no takes before they have been read', () => {
    show({ songs: [{ ...song, takes: 2 }], selectedSong: song.id });
    expect(screen.queryByText('No take yet')).toBeNull();
    cleanup();
    show({ songs: [{ ...song, takes: 2 }], selectedSong: song.id, takes: { [song.id]: [] } });
    expect(screen.getByText('No take yet')).toBeTruthy();
  });

  test('says why the library could not be opened, and what to do', () => {
    show({
      status: 'failed',
      failure: { code: 'library-locked', message: 'It is open elsewhere.', hint: 'Close it there.' },
    });
    expect(screen.getByRole('alert').textContent).toContain('It is open elsewhere.');
    expect(screen.getByRole('alert').textContent).toContain('Close it there.');
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  });

  test('shows stage, percentage and time left of a job', () => {
    show({ songs: [song], selectedSong: song.id, jobs: [job({})] });
    const row = screen.getByRole('row');
    expect(row.textContent).toContain('Naming the chords · 43 %');
    expect(row.textContent).toContain('about 1 minute left');
    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('43');
    expect(screen.getByRole('listitem', { current: 'step' }).textContent).toContain('Naming the chords');
  });

  test('shows message, hint and a way on where a job failed', () => {
    const error = { code: 'audio-corrupt' as const, message: 'The file ends early.', hint: 'Copy it again.' };
    show({ songs: [song], selectedSong: song.id, jobs: [job({ state: 'failed', error })] });
    expect(screen.getByText('The file ends early.')).toBeTruthy();
    expect(screen.getByText('Copy it again.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  });

  test('shows tags as text, in every place', () => {
    const error = { code: 'audio-corrupt' as const, message: song.title, hint: song.artist };
    const { container } = show({
      songs: [song],
      selectedSong: song.id,
      jobs: [job({})],
      notices: [
        { id: 1, kind: 'known', titles: [song.title] },
        { id: 2, kind: 'not-added', file: song.title, error },
        { id: 3, kind: 'not-finished', songId: song.id, error },
        { id: 4, kind: 'found', titles: [song.title], missing: 0 },
      ],
    });
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(song.title);
    expect(screen.getByRole('region', { name: 'Messages' }).textContent).toContain(
      `The recording of ${song.title} was found again.`,
    );
    expect(container.querySelectorAll('img, script')).toHaveLength(0);
  });
});
