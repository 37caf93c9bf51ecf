import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createLibrary } from '../../../renderer/state/library.ts';
import { defaultSettings } from '../../../renderer/state/settings.ts';
import { writeSongs } from '../../e2e/support/songs.ts';
import { connectDirectly } from './support/direct-transport.ts';

const song = path.join(import.meta.dirname, '../../fixtures/lets_go_fishin.ogg');

async function openLibrary() {
  const folder = mkdtempSync(path.join(tmpdir(), 'songleaf-window-'));
  const transport = await connectDirectly(path.join(folder, 'library'));
  onTestFinished(async () => {
    await transport.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });
  const library = createLibrary(transport);
  await library.getState().load();
  return { folder, transport, library };
}

describe('the window on an engine', () => {
  test('opens empty', async () => {
    const { library } = await openLibrary();
    expect(library.getState()).toMatchObject({ status: 'ready', songs: [], jobs: [], selectedSong: null });
  });

  test('adds songs, asks for their first take, and lets it be cancelled and taken up again', async () => {
    const { folder, library, transport } = await openLibrary();
    const broken = path.join(folder, 'broken.mp3');
    writeFileSync(broken, 'no music');
    transport.picked = [song, broken];
    await library.getState().pickSongs();

    const [added] = library.getState().songs;
    expect(added?.title).toBe("Let's Go Fishin'");
    expect(library.getState().selectedSong).toBe(added?.id);
    expect(library.getState().notices).toMatchObject([
      { kind: 'not-added', file: 'broken.mp3', error: { hint: expect.stringMatching(/\w/) } },
    ]);
    const [job] = library.getState().jobs;
    expect(job).toMatchObject({ kind: 'arrange', songId: added?.id });

    await library.getState().cancel(job?.id ?? '');
    expect(library.getState().jobs).toMatchObject([{ id: job?.id, state: 'cancelled' }]);
    await library.getState().retry(job?.id ?? '');
    // It waits until what was cancelled has stopped.
    await expect.poll(() => library.getState().jobs[0]?.state, { timeout: 60_000 }).toBe('running');
    await library.getState().cancel(job?.id ?? '');
    expect(library.getState().jobs).toHaveLength(1);
  });

  test('does not work on a song that is known', async () => {
    const { library, transport } = await openLibrary();
    transport.picked = [song];
    await library.getState().pickSongs();
    await library.getState().cancel(library.getState().jobs[0]?.id ?? '');
    await library.getState().pickSongs();
    expect(library.getState().notices).toMatchObject([{ kind: 'known', titles: ["Let's Go Fishin'"] }]);
    expect(library.getState().jobs).toMatchObject([{ state: 'cancelled' }]);
  });

  test('changes nothing where the dialog was closed', async () => {
    const { library } = await openLibrary();
    await library.getState().pickSongs();
    expect(library.getState()).toMatchObject({ adding: false, songs: [], notices: [] });
  });

  test('takes in songs that come while others are being added, one after the other', async () => {
    const { folder, library, transport } = await openLibrary();
    const [first, second, third] = await writeSongs(folder, ['Alpha', 'Beta', 'Gamma']);
    const answers = [first, second].map((file) => {
      transport.picked = [file!];
      transport.importDropped = async () => (await transport.pickSongs())!;
      return library.getState().importDropped({} as DataTransfer);
    });
    // A second dialog is refused.
    transport.picked = [third!];
    answers.push(library.getState().pickSongs());
    await Promise.all(answers);
    const { songs, jobs, adding } = library.getState();
    expect(songs.map(({ title }) => title).sort()).toEqual(['Alpha', 'Beta']);
    expect(jobs).toHaveLength(2);
    expect(adding).toBe(false);
    for (const { id } of jobs) await library.getState().cancel(id);
  });

  test('tells of files that could not be taken in while others were being added', async () => {
    const { library, transport } = await openLibrary();
    let fail: (error: Error) => void = () => undefined;
    const slow = new Promise<never>((_, reject) => {
      fail = reject;
    });
    const answers = [slow, Promise.reject(new Error('The second drop'))].map((answer) => {
      transport.importDropped = () => answer;
      return library.getState().importDropped({} as DataTransfer);
    });
    await new Promise((resolve) => setTimeout(resolve, 10));
    fail(new Error('The first drop'));
    await Promise.all(answers);
    expect(library.getState().notices.map(({ kind }) => kind)).toEqual(['error', 'error']);
  });

  test('remembers the key of each song, and what is on paper for all of them', async () => {
    const { folder, library, transport } = await openLibrary();
    transport.picked = await writeSongs(folder, ['Alpha', 'Beta']);
    await library.getState().pickSongs();
    const { songs, jobs, selectSong, setScoreOptions, scoreOptions } = library.getState();
    for (const { id } of jobs) await library.getState().cancel(id);
    const [alpha, beta] = songs.map(({ id }) => id);
    await selectSong(alpha!);
    await setScoreOptions({ ...scoreOptions, transpose: 3, largePrint: true });
    await selectSong(beta!);
    expect(library.getState().scoreOptions).toMatchObject({ transpose: 0, largePrint: true });
    // Known already, it holds before anything has been read.
    const back = selectSong(alpha!);
    expect(library.getState().scoreOptions.transpose).toBe(3);
    await back;
    expect(library.getState().scoreOptions.transpose).toBe(3);

    const later = createLibrary(transport);
    await later.getState().load();
    await later.getState().selectSong(alpha!);
    expect(later.getState().scoreOptions).toMatchObject({ transpose: 3, largePrint: true });
  });

  test('forgets a removed song', async () => {
    const { library, transport } = await openLibrary();
    transport.picked = [song];
    await library.getState().pickSongs();
    await library.getState().removeSong(library.getState().selectedSong ?? '');
    expect(library.getState()).toMatchObject({ songs: [], selectedSong: null, notices: [] });
  });

  test('turns what the engine refuses into a notice with a hint', async () => {
    const { library } = await openLibrary();
    await library.getState().arrange('0'.repeat(64), defaultSettings);
    await library.getState().cancel('none');
    const { notices } = library.getState();
    expect(notices).toHaveLength(2);
    for (const notice of notices) {
      expect(notice).toMatchObject({ kind: 'error', error: { hint: expect.stringMatching(/\w/) } });
    }
    library.getState().dismiss(notices[0]?.id ?? -1);
    expect(library.getState().notices).toEqual([notices[1]]);
  });
});
