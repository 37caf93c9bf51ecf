import { describe, expect, test } from 'vitest';
import { isLocalRequest, mayDo } from '../../../main/app/lockdown.ts';
import { isAppUrl } from '../../../main/app/origin.ts';

describe('isAppUrl', () => {
  test.each(['app://songleaf/', 'app://songleaf/index.html', 'app://songleaf/a.js?x=1#y'])(
    'takes %s',
    (url) => {
      expect(isAppUrl(url)).toBe(true);
    },
  );

  test.each([
    'app://songleaf.evil/',
    'app://songleaf@evil/',
    'app://user@songleaf/',
    'app://songleaf:81/',
    'APP:/songleaf',
    'app:songleaf',
    'https://songleaf/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    '',
    'not a url',
  ])('refuses %j', (url) => {
    expect(isAppUrl(url)).toBe(false);
  });
});

describe('isLocalRequest', () => {
  test.each(['app://songleaf/index.html', 'blob:app://songleaf/1', 'data:image/png;base64,AA=='])(
    'allows %s',
    (url) => {
      expect(isLocalRequest(url)).toBe(true);
    },
  );

  test.each([
    'http://127.0.0.1/',
    'https://example.org/',
    'ws://127.0.0.1:1/',
    'wss://example.org/',
    'file:///etc/passwd',
    'ftp://example.org/',
    'about:blank',
    'nonsense',
  ])('stops %s', (url) => {
    expect(isLocalRequest(url)).toBe(false);
  });
});

describe('mayDo', () => {
  test.each(['fullscreen', 'speaker-selection'])('lets our page use %s', (permission) => {
    expect(mayDo(permission, 'app://songleaf/')).toBe(true);
    expect(mayDo(permission, 'https://example.org/')).toBe(false);
    expect(mayDo(permission, '')).toBe(false);
  });

  test.each(['media', 'notifications', 'geolocation', 'clipboard-read', 'unknown'])(
    'denies %s',
    (permission) => {
      expect(mayDo(permission, 'app://songleaf/')).toBe(false);
    },
  );
});
