import { EventEmitter } from 'node:events';
import type { BrowserWindow } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import { type ShellWords, shellWordNames } from '../../../main/shell/shell-words.ts';

const asked: { buttons: string[]; detail: string }[] = [];
let answers: number[] = [];
const copied: string[] = [];
vi.mock('electron', () => ({
  app: { getVersion: () => '1.2.3' },
  clipboard: { writeText: (text: string) => void copied.push(text) },
  dialog: {
    showMessageBox: async (_window: unknown, options: { buttons: string[]; detail: string }) => {
      asked.push(options);
      return { response: answers.shift() };
    },
  },
}));
const { survivePageCrash } = await import('../../../main/app/crash-dialog.ts');

const words = Object.fromEntries(shellWordNames.map((name) => [name, name])) as ShellWords;

function openWindow() {
  const did: string[] = [];
  const window = {
    webContents: new EventEmitter(),
    isDestroyed: () => false,
    reload: () => void did.push('reload'),
    close: () => void did.push('close'),
  };
  survivePageCrash(window as unknown as BrowserWindow, () => words);
  const die = (reason: string) => window.webContents.emit('render-process-gone', {}, { reason, exitCode: 5 });
  return { did, die };
}

beforeEach(() => {
  asked.length = 0;
  copied.length = 0;
});

test('a page that dies once is loaded anew, without a word', () => {
  const { did, die } = openWindow();
  die('oom');
  die('clean-exit');
  expect(did).toEqual(['reload']);
  expect(asked).toEqual([]);
});

test('where that does not help a person is asked, who may copy a report that says nothing of them', async () => {
  const { did, die } = openWindow();
  answers = [1, 1, 0];
  die('crashed');
  die('crashed');
  await vi.waitFor(() => expect(did).toEqual(['reload', 'reload']));
  expect(asked.map(({ buttons }) => buttons)).toEqual([
    ['crashReload', 'copyReport', 'closeWindow'],
    ['crashReload', 'reportCopied', 'closeWindow'],
    ['crashReload', 'reportCopied', 'closeWindow'],
  ]);
  expect(copied).toHaveLength(2);
  expect(copied[0]).toMatch(/^Songleaf 1\.2\.3\nError: page-gone\nReason: crashed, exit code 5, 2 times\n/);
  expect(copied[0]).toContain(`System: ${process.platform} ${process.arch}`);
});

test('the window closes where that is wanted', async () => {
  const { did, die } = openWindow();
  answers = [2];
  die('killed');
  die('killed');
  await vi.waitFor(() => expect(did).toEqual(['reload', 'close']));
});
