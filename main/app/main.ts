import path from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  type IpcMainInvokeEvent,
  ipcMain,
  protocol,
  session,
  shell,
} from 'electron';
import * as z from 'zod';
import { channels } from '../../preload/channels.ts';
import { SongleafError, toErrorReport } from '../contract/errors.ts';
import { defaultLibraryDir } from '../engine/places.ts';
import { EngineHost } from '../shell/engine-host.ts';
import { notificationSchema, shellWordsSchema, workShownSchema } from '../shell/shell-words.ts';
import type { Reply } from '../shell/wire.ts';
import { AppWindows } from './app-windows.ts';
import { notify, showWork } from './attention.ts';
import { DecoderWindows } from './decoder/decoder-windows.ts';
import { askForFolder, askForLibrary, askForSong, askForSongs, askWhereToSave } from './dialogs.ts';
import { drawInWindow } from './files/draw-pages.ts';
import { fileCalls } from './files/file-calls.ts';
import { forkEngine } from './fork-engine.ts';
import { readLibraryPlace, writeLibraryPlace } from './library-place.ts';
import { lockApp } from './lockdown.ts';
import { answerMediaRequest } from './media-protocol.ts';
import { setMenu } from './menu.ts';
import { OpenedFiles, songsOf } from './opened-files.ts';
import { APP_SCHEME, MEDIA_SCHEME } from './origin.ts';
import { answerAppRequest } from './protocol.ts';
import { RunningJobs } from './quit-question.ts';
import { Quitting } from './quitting.ts';
import { registerRouter, told } from './router.ts';

/** The built parts lie beside each other: `build/main`, `build/preload`, `build/renderer`. */
const built = {
  engine: path.join(import.meta.dirname, 'engine-process.js'),
  probe: path.join(import.meta.dirname, 'probe.js'),
  preload: path.join(import.meta.dirname, '../preload/preload.cjs'),
  renderer: path.join(import.meta.dirname, '../renderer'),
  dragIcon: path.join(import.meta.dirname, '../renderer/score.png'),
};

protocol.registerSchemesAsPrivileged([
  {
    scheme: APP_SCHEME,
    privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
  },
  {
    scheme: MEDIA_SCHEME,
    privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true, stream: true },
  },
]);

const libraryPlace = () => path.join(app.getPath('userData'), 'library.json');

/** `--library=DIR` opens another library than the one that the person chose or has from the start. */
function libraryDir(): string {
  const asked = app.commandLine.getSwitchValue('library');
  if (asked !== '') return path.resolve(asked);
  return readLibraryPlace(libraryPlace()) ?? defaultLibraryDir();
}

const windows = new AppWindows();
const decoders = new DecoderWindows(built.preload);
const running = new RunningJobs();
const opened = new OpenedFiles();

const engine = new EngineHost({
  fork: () => {
    const device = app.commandLine.getSwitchValue('device');
    return forkEngine({
      entry: built.engine,
      probe: built.probe,
      libraryDir: libraryDir(),
      decoders,
      ...(device === '' ? {} : { device }),
    });
  },
  onEvent: (message) => {
    running.hear(message);
    windows.send(channels.event, message);
  },
});

function windowOf(event: IpcMainInvokeEvent): BrowserWindow {
  const window = BrowserWindow.fromWebContents(event.sender);
  if (window !== null) return window;
  throw new SongleafError('cancelled', 'The window was closed.', 'Open Songleaf again.');
}

/** Takes in songs that were opened with the app and tells the page what became of them. */
async function takeIn(paths: string[]): Promise<void> {
  const reply: Reply = await engine.call('songs.import', { paths }).then(
    (value) => ({ ok: true, value }),
    (error: unknown) => ({ ok: false, error: toErrorReport(error) }),
  );
  windows.bringForward();
  windows.send(channels.opened, reply);
}

/** @returns the folder, or null where the person closed the dialog */
async function chooseLibrary(event: IpcMainInvokeEvent): Promise<string | null> {
  if (app.commandLine.hasSwitch('library')) {
    throw new SongleafError(
      'bad-request',
      'This Songleaf was started on a library of its own (--library).',
      'Start it without --library to choose a folder.',
    );
  }
  const folder = await askForLibrary(windowOf(event), libraryDir(), windows.words);
  if (folder === null || folder === libraryDir()) return null;
  writeLibraryPlace(libraryPlace(), folder);
  await engine.restart();
  return folder;
}

async function start(): Promise<void> {
  await app.whenReady();
  lockApp(app, session.defaultSession);
  protocol.handle(APP_SCHEME, (request) => answerAppRequest(built.renderer, request));
  protocol.handle(MEDIA_SCHEME, (request) => answerMediaRequest(engine, request));
  registerRouter({
    ipcMain,
    windows,
    engine,
    askForSongs: (event) => askForSongs(windowOf(event), windows.words),
    told: [
      ...fileCalls({
        engine,
        draw: drawInWindow,
        temporary: () => path.join(app.getPath('temp'), `songleaf-${process.pid}`),
        askForFolder: (event) => askForFolder(windowOf(event)),
        askForSong: (event) => askForSong(windowOf(event)),
        askWhereToSave: (event, name) =>
          askWhereToSave(windowOf(event), app.getPath('documents'), name, windows.words),
        show: (file) => shell.showItemInFolder(file),
        open: (file) => shell.openPath(file),
        drag: (event, file) => event.sender.startDrag({ file, icon: built.dragIcon }),
        tell: (event, payload) => event.sender.send(channels.event, { event: 'export.progress', payload }),
      }),
      told(channels.words, shellWordsSchema, (_event, words) => {
        windows.words = words;
        const send = (command: string) =>
          BrowserWindow.getFocusedWindow()?.webContents.send(channels.menu, command);
        setMenu({ mac: process.platform === 'darwin', development: !app.isPackaged, words, send });
        opened.giveTo((files) => void takeIn(files));
      }),
      told(channels.work, workShownSchema, (_event, work) => showWork(windows.values(), work)),
      told(channels.notify, notificationSchema, (event, text) => notify(windowOf(event), text)),
      told(channels.chooseLibrary, z.undefined(), (event) => chooseLibrary(event)),
    ],
  });
  engine.start();
  app.on('activate', () => {
    if (windows.size === 0) void windows.open(built.preload);
  });
  // Without a page nobody would ask for takes of what is opened meanwhile.
  windows.onNone = () => opened.hold();
  opened.add(songsOf(process.argv.slice(1), process.cwd()));
  await windows.open(built.preload);
}

const quitting = new Quitting(app, { engine, running, windows });

// Windows decide above: without a listener Electron would quit here.
app.on('window-all-closed', () => undefined);

// Root has to start Electron with --no-sandbox (containers, test machines); the two together cannot start at all.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
// One library, one app: a second start brings the first one's window forward, with the songs that it was given.
if (app.requestSingleInstanceLock()) {
  app.on('second-instance', (_event, args, folder) => {
    windows.bringForward();
    opened.add(songsOf(args.slice(1), folder));
  });
  // A Mac tells songs this way, also before the app is ready.
  app.on('open-file', (event, file) => {
    event.preventDefault();
    opened.add(songsOf([file], '/'));
    // Before the app is ready its first window is on its way.
    if (opened.waiting && app.isReady() && windows.size === 0) void windows.open(built.preload);
  });
  start().catch((error: unknown) => {
    dialog.showErrorBox('Songleaf', error instanceof Error ? error.message : String(error));
    app.exit(1);
  });
} else {
  quitting.atOnce();
}
