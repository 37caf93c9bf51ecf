import path from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  type IpcMainInvokeEvent,
  ipcMain,
  nativeTheme,
  protocol,
  session,
  shell,
} from 'electron';
import { channels } from '../../preload/channels.ts';
import { SongleafError } from '../contract/errors.ts';
import { defaultLibraryDir } from '../engine/places.ts';
import { EngineHost } from '../shell/engine-host.ts';
import { DecoderWindows } from './decoder/decoder-windows.ts';
import { askForFolder, askForSong, askForSongs, askWhereToSave } from './dialogs.ts';
import { drawInWindow } from './files/draw-pages.ts';
import { fileCalls } from './files/file-calls.ts';
import { forkEngine } from './fork-engine.ts';
import { lockApp } from './lockdown.ts';
import { answerMediaRequest } from './media-protocol.ts';
import { setMenu } from './menu.ts';
import { APP_SCHEME, APP_URL, MEDIA_SCHEME } from './origin.ts';
import { answerAppRequest } from './protocol.ts';
import { registerRouter } from './router.ts';
import { windowOptions } from './window-options.ts';

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

/** `--library=DIR` opens another library than the person's own, which the terminal opens as well. */
function libraryDir(): string {
  const asked = app.commandLine.getSwitchValue('library');
  return asked === '' ? defaultLibraryDir() : path.resolve(asked);
}

/** Windows with Songleaf's page, by the id of their web contents. Decoders are not among them. */
const windows = new Map<number, BrowserWindow>();
const decoders = new DecoderWindows(built.preload);

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
    for (const window of windows.values()) window.webContents.send(channels.event, message);
  },
});

async function openWindow(): Promise<void> {
  const window = new BrowserWindow(windowOptions(built.preload, nativeTheme.shouldUseDarkColors));
  const { id } = window.webContents;
  windows.set(id, window);
  window.once('closed', () => {
    windows.delete(id);
    // On a Mac an app stays without windows.
    if (windows.size === 0 && process.platform !== 'darwin') app.quit();
  });
  window.once('ready-to-show', () => window.show());
  await window.loadURL(APP_URL);
}

function windowOf(event: IpcMainInvokeEvent): BrowserWindow {
  const window = BrowserWindow.fromWebContents(event.sender);
  if (window !== null) return window;
  throw new SongleafError('cancelled', 'The window was closed.', 'Open Songleaf again.');
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
    askForSongs: (event) => askForSongs(windowOf(event)),
    told: [
      ...fileCalls({
        engine,
        draw: drawInWindow,
        temporary: () => path.join(app.getPath('temp'), `songleaf-${process.pid}`),
        askForFolder: (event) => askForFolder(windowOf(event)),
        askForSong: (event) => askForSong(windowOf(event)),
        askWhereToSave: (event, name) => askWhereToSave(windowOf(event), app.getPath('documents'), name),
        show: (file) => shell.showItemInFolder(file),
        open: (file) => shell.openPath(file),
        drag: (event, file) => event.sender.startDrag({ file, icon: built.dragIcon }),
        tell: (event, payload) => event.sender.send(channels.event, { event: 'export.progress', payload }),
      }),
    ],
  });
  setMenu({
    mac: process.platform === 'darwin',
    development: !app.isPackaged,
    send: (command) => BrowserWindow.getFocusedWindow()?.webContents.send(channels.menu, command),
  });
  engine.start();
  app.on('activate', () => {
    if (windows.size === 0) void openWindow();
  });
  await openWindow();
}

/** Quitting waits for the engine to store its work, once. */
let closed = false;
app.on('before-quit', (event) => {
  if (closed) return;
  event.preventDefault();
  void engine.close().finally(() => {
    closed = true;
    app.quit();
  });
});

// Windows decide above: without a listener Electron would quit here.
app.on('window-all-closed', () => undefined);

// Root has to start Electron with --no-sandbox (containers, test machines); the two together cannot start at all.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
// One library, one app: a second start brings the first one's window forward.
if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => {
    const [window] = windows.values();
    if (window === undefined) return;
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  start().catch((error: unknown) => {
    dialog.showErrorBox('Songleaf cannot start', error instanceof Error ? error.message : String(error));
    app.exit(1);
  });
} else {
  closed = true;
  app.quit();
}
