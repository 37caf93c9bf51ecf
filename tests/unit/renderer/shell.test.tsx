// @vitest-environment happy-dom
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { I18nextProvider } from 'react-i18next';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { App } from '../../../renderer/app.tsx';
import { createExports } from '../../../renderer/features/export/exports.ts';
import { ExportsProvider } from '../../../renderer/features/export/use-exports.tsx';
import { useWishes } from '../../../renderer/features/takes/wish-state.ts';
import { i18n } from '../../../renderer/i18n/i18n.ts';
import { createLibrary } from '../../../renderer/state/library.ts';
import type { Library } from '../../../renderer/state/library-state.ts';
import { createShell, restoreShell, type Shell } from '../../../renderer/state/shell.ts';
import { LibraryProvider } from '../../../renderer/state/use-library.tsx';
import { ShellProvider } from '../../../renderer/state/use-shell.tsx';
import { TransportProvider } from '../../../renderer/state/use-transport.tsx';
import { writeSongs } from '../../e2e/support/songs.ts';
import { connectDirectly, type DirectTransport } from './support/direct-transport.ts';

let folder: string;
let transport: DirectTransport;
let library: Library;
let shell: Shell;

/** Opens the window on a real engine in this process. */
async function openWindow(): Promise<void> {
  transport = await connectDirectly(path.join(folder, 'library'));
  library = createLibrary(transport);
  shell = createShell(transport, library);
  await restoreShell(transport, shell, library);
  await library.getState().load();
  const memory = { getItem: () => null, setItem: () => undefined };
  render(
    <I18nextProvider i18n={i18n}>
      <TransportProvider transport={transport}>
        <LibraryProvider library={library}>
          <ExportsProvider exports={createExports(transport, memory)}>
            <ShellProvider shell={shell}>
              <App />
            </ShellProvider>
          </ExportsProvider>
        </LibraryProvider>
      </TransportProvider>
    </I18nextProvider>,
  );
}

/** Adds songs, of which no work begins because the queue is paused. */
async function addSongs(titles: readonly string[]): Promise<void> {
  transport.picked = await writeSongs(folder, titles);
  await library.getState().pickSongs();
}

// Nothing is laid out here, and a list without a height draws no rows.
Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, value: 600 });

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'songleaf-window-'));
  await openWindow();
  await shell.getState().setPaused(true);
});
afterEach(async () => {
  cleanup();
  await transport.close();
  await i18n.changeLanguage('en');
  fs.rmSync(folder, { recursive: true, force: true });
});

const titles = () =>
  [...document.querySelectorAll('[data-job] .queue-title')].map((title) => title.textContent);
const press = (key: string, held: object = {}) => fireEvent.keyDown(document.body, { key, ...held });

describe('the queue in the window', () => {
  test('shows what waits, moves it and cancels it', async () => {
    await addSongs(['Alpha', 'Beta', 'Gamma']);
    fireEvent.click(screen.getByRole('button', { name: /^Queue/ }));
    await waitFor(() => expect(titles()).toEqual(['Alpha', 'Beta', 'Gamma']));
    expect(screen.getByText('The queue is paused.', { exact: false })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Move Gamma up' }));
    await waitFor(() => expect(titles()).toEqual(['Alpha', 'Gamma', 'Beta']));
    fireEvent.click(
      within(screen.getByRole('grid', { name: 'Waiting' })).getByRole('button', { name: 'Cancel Alpha' }),
    );
    await waitFor(() => expect(titles()).toEqual(['Gamma', 'Beta']));
    const ended = screen.getByRole('list', { name: 'Ended' });
    expect(ended.textContent).toContain('AlphaNobodyCancelled');
    fireEvent.click(within(ended).getByRole('button', { name: 'Try Alpha again' }));
    await waitFor(() => expect(titles()).toEqual(['Gamma', 'Beta', 'Alpha']));
    fireEvent.click(screen.getByRole('button', { name: 'Cancel all that wait' }));
    await waitFor(() => expect(titles()).toEqual([]));
    fireEvent.click(screen.getByRole('button', { name: 'Clear the list' }));
    await waitFor(() => expect(screen.getByText('Nothing is waiting.', { exact: false })).toBeTruthy());
  });

  test('says in words how much is left and for how long', async () => {
    await addSongs(['Alpha', 'Beta']);
    fireEvent.click(screen.getByRole('button', { name: /^Queue/ }));
    const [first, ...others] = library.getState().jobs;
    const progress = { stage: 'chords', stageFraction: 0.5, fraction: 0.43 } as const;
    const running = {
      ...first!,
      state: 'running',
      startedAt: Date.now() - 60_000,
      eta: 75,
      progress,
    } as const;
    shell.setState({ paused: false });
    library.setState({ jobs: [running, ...others] });
    await waitFor(() =>
      expect(document.querySelector('.queue-summary')?.textContent).toBe('2 jobs, about 4 minutes left'),
    );
    const now = screen.getByRole('article', { name: 'Alpha' });
    expect(now.textContent).toContain('Naming the chords (step 4 of 8)43 %about 1 minute left');
    // No text is its own key.
    expect(document.body.textContent).not.toMatch(/\b(queue|progress|settings|songs|commands)\.[a-z]/);
  });

  test('stays in sight while songs are added', async () => {
    await addSongs(['Alpha']);
    fireEvent.click(screen.getByRole('button', { name: /^Queue/ }));
    await addSongs(['Beta']);
    await waitFor(() => expect(titles()).toEqual(['Alpha', 'Beta']));
    expect(library.getState().songs.find(({ id }) => id === library.getState().selectedSong)?.title).toBe(
      'Beta',
    );
    fireEvent.click(screen.getByRole('button', { name: 'Open Beta' }));
    await waitFor(() => expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Beta'));
  });

  test('leads to a song by its title', async () => {
    await addSongs(['Alpha', 'Beta']);
    fireEvent.click(screen.getByRole('button', { name: /^Queue/ }));
    fireEvent.click(await screen.findByRole('button', { name: 'Open Beta' }));
    await waitFor(() => expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Beta'));
  });
});

describe('the window', () => {
  test('saves what is in sight at once where the page may go', async () => {
    await addSongs(['Alpha']);
    shell.getState().show('queue');
    window.dispatchEvent(new Event('pagehide'));
    await waitFor(async () => expect((await transport.call('view.get', {})).place).toBe('queue'), {
      timeout: 300,
    });
  });
});

describe('messages', () => {
  test('tell that long work has ended, but not that short work has', async () => {
    await addSongs(['Alpha', 'Beta']);
    const [alpha, beta] = library.getState().jobs;
    const ended = (seconds: number) => ({ state: 'done', startedAt: 0, endedAt: 1000 * seconds }) as const;
    library.setState({ jobs: [{ ...alpha!, state: 'running' }] });
    library.setState({ jobs: [{ ...alpha!, ...ended(5) }] });
    expect(library.getState().notices).toEqual([]);
    library.setState({ jobs: [alpha!, beta!] });
    library.setState({ jobs: [{ ...alpha!, ...ended(25) }, beta!] });
    expect(library.getState().notices).toEqual([]);
    library.setState({
      jobs: [
        { ...alpha!, ...ended(25) },
        { ...beta!, state: 'failed', startedAt: 25_000, endedAt: 26_000 },
      ],
    });
    const region = screen.getByRole('region', { name: 'Messages' });
    await waitFor(() =>
      expect(region.textContent).toContain('“Alpha” is ready 1 job failed; the queue says why.'),
    );
  });

  test('stay where work has failed, and do not tell of songs that are ready where there are none', async () => {
    await addSongs(['Alpha']);
    const [alpha] = library.getState().jobs;
    library.setState({ jobs: [{ ...alpha!, state: 'running' }] });
    library.setState({ jobs: [{ ...alpha!, state: 'failed', startedAt: 0, endedAt: 60_000 }] });
    const notice = await screen.findByRole('alert');
    expect(notice.textContent).toBe('1 job failed; the queue says why.');
  });

  test('tell of errors that nobody caught', async () => {
    await addSongs(['Alpha']);
    const stray = new ErrorEvent('error', { message: 'x', error: new Error('Something is undefined') });
    window.dispatchEvent(stray);
    const notice = await screen.findByRole('alert');
    expect(notice.textContent).toContain('Something is undefined');
    expect(within(notice).getByRole('button', { name: 'Copy a report' })).toBeTruthy();
    window.dispatchEvent(new ErrorEvent('error', { message: 'ResizeObserver loop limit exceeded' }));
    expect(screen.getAllByRole('alert')).toHaveLength(1);
  });
});

describe('the palette', () => {
  test('runs a command that its first letters find', async () => {
    await addSongs(['Alpha']);
    press('k', { ctrlKey: true });
    const field = await screen.findByRole('searchbox', { name: 'Search commands and songs' });
    fireEvent.change(field, { target: { value: 'settin' } });
    const item = await screen.findByRole('menuitem', { name: /Settings/ });
    fireEvent.click(item);
    expect(await screen.findByRole('dialog', { name: 'Settings' })).toBeTruthy();
  });

  test('finds songs that are taken in while it is open', async () => {
    await addSongs(['Alpha']);
    press('k', { ctrlKey: true });
    const field = await screen.findByRole('searchbox', { name: 'Search commands and songs' });
    fireEvent.change(field, { target: { value: 'bet' } });
    await addSongs(['Beta']);
    expect(await screen.findByRole('menuitem', { name: /Beta/ })).toBeTruthy();
  });
});

describe('the sheet of keys', () => {
  test('opens on ? and names every command that has keys', async () => {
    await addSongs(['Alpha']);
    press('?', { shiftKey: true });
    const sheet = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
    for (const text of ['Command palette', 'Show the queue', 'Tap a beat', 'Music stand']) {
      expect(sheet.textContent).toContain(text);
    }
  });
});

describe('settings in the window', () => {
  test('are those of every take that nobody has asked for in another way', async () => {
    const { takes } = shell.getState().settings;
    await shell.getState().change({ arrangeNew: false, takes: { ...takes, level: 'easy' } });
    expect(useWishes.getState().wish.level).toBe('easy');
    await addSongs(['Alpha']);
    const asked: string[] = [];
    const arrange = library.getState().arrange;
    library.setState({ arrange: async (_, { level }) => void asked.push(level) });
    await shell.getState().change({ takes: { ...takes, level: 'full' } });
    fireEvent.click(screen.getByRole('radio', { name: 'Song' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Arrange' }));
    expect(asked).toEqual(['full']);
    library.setState({ arrange });
    cleanup();
    await transport.close();
    await openWindow();
    expect(useWishes.getState().wish.level).toBe('full');
  });

  test('change the language at once and for the next time', async () => {
    await addSongs(['Alpha']);
    await shell.getState().change({ language: 'de', theme: 'dark' });
    await waitFor(() => expect(screen.getByRole('button', { name: 'Songs hinzufügen' })).toBeTruthy());
    expect(document.documentElement.lang).toBe('de');
    expect(document.documentElement.dataset.scheme).toBe('dark');
    cleanup();
    await transport.close();
    await openWindow();
    await waitFor(() => expect(screen.getByRole('button', { name: 'Songs hinzufügen' })).toBeTruthy());
    expect(shell.getState().paused).toBe(true);
  });

  test('keep what was there where it cannot be written', async () => {
    const place = path.join(folder, 'library', 'settings.json.tmp');
    fs.mkdirSync(place);
    await shell.getState().change({ theme: 'dark' });
    expect(shell.getState().settings.theme).toBe('system');
    expect(library.getState().notices.map(({ kind }) => kind)).toEqual(['error']);
  });

  // Last: this page is as good as gone afterwards.
  test('are read anew where another library was chosen, in which nothing of this one is saved', async () => {
    await addSongs(['Alpha']);
    const reload = vi.spyOn(window.location, 'reload').mockImplementation(() => undefined);
    transport.shell.chooseLibrary = async () => '/elsewhere';
    shell.getState().open('settings');
    fireEvent.click(await screen.findByRole('tab', { name: 'Computer' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Choose a folder…' }));
    await waitFor(() => expect(reload).toHaveBeenCalled());
    shell.getState().show('queue');
    const call = vi.spyOn(transport, 'call');
    window.dispatchEvent(new Event('pagehide'));
    expect(call).not.toHaveBeenCalled();
    reload.mockRestore();
  });
});
