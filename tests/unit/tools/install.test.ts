import { describe, expect, it } from 'vitest';
import { isInstalled, parseOrEmpty, stampOf } from '../../../tools/install.mjs';

const lock = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/a/node_modules/b': { version: '2.0.0' },
    'node_modules/other-system': { version: '3.0.0', optional: true },
  },
};
const inPlace = {
  'node_modules/a': { version: '1.0.0' },
  'node_modules/a/node_modules/b': { version: '2.0.0' },
};

describe('isInstalled', () => {
  it('accepts what npm put in place, without packages for other systems', () => {
    expect(isInstalled(lock, { packages: inPlace })).toBe(true);
  });

  it('refuses where a package is missing', () => {
    expect(isInstalled(lock, { packages: { 'node_modules/a': { version: '1.0.0' } } })).toBe(false);
    expect(isInstalled(lock, {})).toBe(false);
  });

  it('refuses another version, of an optional package too', () => {
    expect(isInstalled(lock, { packages: { ...inPlace, 'node_modules/a': { version: '1.0.1' } } })).toBe(
      false,
    );
    const wrong = { ...inPlace, 'node_modules/other-system': { version: '3.0.1' } };
    expect(isInstalled(lock, { packages: wrong })).toBe(false);
  });
});

describe('parseOrEmpty', () => {
  it('takes a list that was cut off for none', () => {
    expect(parseOrEmpty('{"packages":{"node_mod')).toEqual({});
    expect(parseOrEmpty(null)).toEqual({});
    expect(parseOrEmpty('{"packages":{}}')).toEqual({ packages: {} });
  });
});

describe('stampOf', () => {
  it('tells locks and systems apart', () => {
    expect(stampOf('{"a":1}')).toBe(stampOf('{"a":1}'));
    expect(stampOf('{"a":1}')).not.toBe(stampOf('{"a":2}'));
    expect(stampOf('{}')).toContain(`${process.platform}-${process.arch}`);
  });
});
