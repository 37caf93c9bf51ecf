import { EventEmitter } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { App, Session, WebContents } from 'electron';
import { describe, expect, test } from 'vitest';
import { lockApp, lockContents, lockSession } from '../../../main/app/lockdown.ts';

/** A session that remembers what it was told. */
function fakeSession() {
  const told = {} as {
    request: (contents: unknown, permission: string, answer: (granted: boolean) => void) => void;
    check: (contents: unknown, permission: string) => boolean;
    device: () => boolean;
    before: (details: { url: string }, answer: (response: { cancel: boolean }) => void) => void;
  };
  const session = {
    setPermissionRequestHandler: (handler: typeof told.request) => {
      told.request = handler;
    },
    setPermissionCheckHandler: (handler: typeof told.check) => {
      told.check = handler;
    },
    setDevicePermissionHandler: (handler: typeof told.device) => {
      told.device = handler;
    },
    webRequest: {
      onBeforeRequest: (handler: typeof told.before) => {
        told.before = handler;
      },
    },
  };
  return { session: session as unknown as Session, told };
}

/** Every permission that Electron 45 knows. */
const permissions = [
  'clipboard-read',
  'clipboard-sanitized-write',
  'deprecated-sync-clipboard-read',
  'display-capture',
  'fileSystem',
  'fullscreen',
  'geolocation',
  'hid',
  'idle-detection',
  'keyboardLock',
  'media',
  'mediaKeySystem',
  'midi',
  'midiSysex',
  'notifications',
  'openExternal',
  'pointerLock',
  'serial',
  'speaker-selection',
  'storage-access',
  'top-level-storage-access',
  'usb',
  'window-management',
  'unknown',
];

describe('the session', () => {
  const { session, told } = fakeSession();
  lockSession(session);

  const ask = (permission: string, url: string) => {
    const contents = { getURL: () => url };
    let granted: boolean | null = null;
    told.request(contents, permission, (answer) => {
      granted = answer;
    });
    expect(told.check(contents, permission)).toBe(granted);
    return granted;
  };

  test.each(permissions)('grants no page %s unless it is used', (permission) => {
    const used = ['clipboard-sanitized-write', 'fullscreen', 'speaker-selection'].includes(permission);
    expect(ask(permission, 'app://songleaf/')).toBe(used);
    expect(ask(permission, 'https://example.org/')).toBe(false);
    expect(told.check(null, permission)).toBe(false);
  });

  test('gives no device away', () => expect(told.device()).toBe(false));

  test('lets no request out', () => {
    const cancelled = (url: string) => {
      let answer: boolean | null = null;
      told.before({ url }, ({ cancel }) => {
        answer = cancel;
      });
      return answer;
    };
    expect(cancelled('https://example.org/')).toBe(true);
    expect(cancelled('http://127.0.0.1:80/')).toBe(true);
    expect(cancelled('app://songleaf/index.html')).toBe(false);
  });
});

describe('a page', () => {
  /** Contents that remember which events were stopped. */
  function fakeContents() {
    const contents = new EventEmitter() as EventEmitter & { open?: (details: object) => { action: string } };
    Object.assign(contents, {
      setWindowOpenHandler: (handler: (details: object) => { action: string }) => {
        contents.open = handler;
      },
    });
    const isStopped = (name: string, url: string) => {
      let stopped = false;
      contents.emit(name, {
        url,
        preventDefault: () => {
          stopped = true;
        },
      });
      return stopped;
    };
    return { contents, isStopped };
  }

  const hostile = [
    'https://example.org/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'app://songleaf.evil/',
    'app://evil@songleaf/',
    'data:text/html,x',
    'about:blank',
  ];

  test('goes nowhere else, in no frame and by no redirect', () => {
    const { contents, isStopped } = fakeContents();
    lockContents(contents as unknown as WebContents);
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      for (const url of hostile) expect(isStopped(name, url), `${name} ${url}`).toBe(true);
      expect(isStopped(name, 'app://songleaf/index.html'), name).toBe(false);
    }
  });

  test('opens no window and embeds no page', () => {
    const { contents, isStopped } = fakeContents();
    lockContents(contents as unknown as WebContents);
    for (const url of [...hostile, 'app://songleaf/'])
      expect(contents.open?.({ url })).toEqual({ action: 'deny' });
    expect(isStopped('will-attach-webview', 'app://songleaf/')).toBe(true);
  });

  test('is locked whenever one comes to be', () => {
    const app = new EventEmitter();
    lockApp(app as unknown as App, fakeSession().session);
    const { contents, isStopped } = fakeContents();
    app.emit('web-contents-created', {}, contents);
    expect(isStopped('will-navigate', 'https://example.org/')).toBe(true);
  });
});

describe('the sources', () => {
  const root = path.resolve(import.meta.dirname, '../../..');
  const sources = ['main', 'preload', 'renderer'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => [path.join(folder, file), readFileSync(path.join(root, folder, file), 'utf8')] as const),
  );

  test('of the shell of the app fit on a few screens', () => {
    const long = sources.filter(([file, text]) => {
      return path.dirname(file).startsWith(path.join('main', 'app')) && text.split('\n').length > 201;
    });
    expect(long.map(([file]) => file)).toEqual([]);
  });

  test.each([
    ['hands addresses to the system', /\bopenExternal\b/],
    [
      'turns a protection off',
      /webSecurity: false|allowRunningInsecureContent: true|contextIsolation: false/,
    ],
    [
      'takes what is not ready for use',
      /enableBlinkFeatures|experimentalFeatures: true|nodeIntegration\w*: true/,
    ],
    ['opens a page within a page', /webviewTag: true|<webview/],
    [
      'passes Electron to a page',
      /exposeInMainWorld\([^)]*ipcRenderer|from 'electron\/remote'|@electron\/remote/,
    ],
    ['runs text as a program', /\beval\(|new Function\(|dangerouslySetInnerHTML/],
    ['trusts a prefix of an address', /\.startsWith\(APP_(URL|ORIGIN)\)/],
  ])('nothing %s', (_what, pattern) => {
    expect(sources.length).toBeGreaterThan(400);
    expect(sources.filter(([, text]) => pattern.test(text)).map(([file]) => file)).toEqual([]);
  });
});
