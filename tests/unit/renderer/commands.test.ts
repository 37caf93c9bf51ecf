// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest';
import { readChangelog } from '../../../renderer/features/about/read-changelog.ts';
import { commands, keyNames, matches } from '../../../renderer/features/commands/commands.ts';
import { rankNames } from '../../../renderer/features/commands/rank-names.ts';

const press = (key: string, held: Partial<KeyboardEventInit> = {}) =>
  new KeyboardEvent('keydown', { key, ...held });

describe('shortcuts', () => {
  test('belong to one command each', () => {
    const shortcuts = commands.flatMap(({ shortcut }) => shortcut ?? []);
    expect(new Set(shortcuts).size).toBe(shortcuts.length);
    expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
  });

  test('are Ctrl, or Cmd on a Mac', () => {
    expect(matches('mod+K', press('k', { ctrlKey: true }), false)).toBe(true);
    expect(matches('mod+K', press('K', { ctrlKey: true }), false)).toBe(true);
    expect(matches('mod+K', press('k', { metaKey: true }), true)).toBe(true);
    expect(matches('mod+K', press('k', { metaKey: true }), false)).toBe(false);
    expect(matches('mod+K', press('k', { ctrlKey: true }), true)).toBe(false);
    expect(matches('mod+K', press('k'), false)).toBe(false);
    expect(matches('mod+K', press('k', { ctrlKey: true, altKey: true }), false)).toBe(false);
  });

  test('may be a sign, wherever it is on the keyboard', () => {
    expect(matches('?', press('?', { shiftKey: true }), false)).toBe(true);
    expect(matches('?', press('?', { shiftKey: true, ctrlKey: true }), false)).toBe(false);
    expect(matches('mod+,', press(',', { ctrlKey: true }), false)).toBe(true);
  });

  test('are named as on the keys', () => {
    expect(keyNames('mod+Shift+Z', false)).toEqual(['Ctrl', 'Shift', 'Z']);
    expect(keyNames('mod+K', true)).toEqual(['⌘', 'K']);
    expect(keyNames('+', false)).toEqual(['+']);
  });
});

describe('the search for names', () => {
  const entries = ['Show the queue', 'Queue: pause', 'Über Songleaf', 'Unique'].map((name) => ({ name }));
  const found = (query: string) => rankNames(entries, query).map(({ name }) => name);

  test('puts beginnings first, then words, then parts', () => {
    expect(found('que')).toEqual(['Queue: pause', 'Show the queue', 'Unique']);
  });

  test('takes words in any order, without accents and capitals', () => {
    expect(found('QUEUE show')).toEqual(['Show the queue']);
    expect(found('uber')).toEqual(['Über Songleaf']);
    expect(found('nothing')).toEqual([]);
    expect(found('  ')).toHaveLength(4);
  });
});

test('what changed is read from the change log', () => {
  const text = '# What changed\n\nIntro\n\n## 2.0\n\n- One\n  more\n- Two\n\n## 1.0\n- Three\n';
  expect(readChangelog(text)).toEqual([
    { version: '2.0', changes: ['One more', 'Two'] },
    { version: '1.0', changes: ['Three'] },
  ]);
});
