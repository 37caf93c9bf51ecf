import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, test, vi } from 'vitest';
import { type ShellWords, shellWordNames } from '../../../main/shell/shell-words.ts';
import { menuCommands } from '../../../preload/api.ts';

// Outside of Electron there is no menu to set.
vi.mock('electron', () => ({ Menu: {} }));
const { menuTemplate } = await import('../../../main/app/menu.ts');

const words = Object.fromEntries(shellWordNames.map((name) => [name, `<${name}>`])) as ShellWords;

function itemsOf(mac: boolean, send: (command: string) => void = () => undefined) {
  const items: MenuItemConstructorOptions[] = [];
  const collect = (template: readonly MenuItemConstructorOptions[]) => {
    for (const item of template) {
      items.push(item);
      if (Array.isArray(item.submenu)) collect(item.submenu);
    }
  };
  collect(menuTemplate({ mac, development: false, words, send }));
  return items;
}

describe.each([
  ['a Mac', true],
  ['other systems', false],
])('the menu on %s', (_name, mac) => {
  test('says what the page told, and nothing else', () => {
    for (const { label, role, type } of itemsOf(mac)) {
      if (type === 'separator') continue;
      // What a Mac names by itself, in the person's language.
      if (mac && ['appMenu', 'services', 'hide', 'hideOthers', 'unhide'].includes(role ?? '')) continue;
      expect(label, role).toMatch(/^<\w+>…?$/);
    }
  });

  test('has every command that can be sent, with keys of its own', () => {
    const sent: string[] = [];
    const items = itemsOf(mac, (command) => void sent.push(command));
    for (const { click } of items) (click as (() => void) | undefined)?.();
    expect(sent.toSorted()).toEqual([...menuCommands].sort());
    const keys = items.flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
