import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settingsSchema } from '../../../main/contract/settings.ts';
import { createStateFile } from '../../../main/engine/library/state-file.ts';
import { makeFolder, removeFolder } from './fixtures.ts';

let folder: string;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => removeFolder(folder));

const open = () => createStateFile(path.join(folder, 'settings.json'), settingsSchema);
const defaults = settingsSchema.parse({});

describe('a state file', () => {
  it('has the defaults where there is none', () => {
    expect(open().get()).toEqual(defaults);
    expect(defaults.takes).toEqual({ model: 'songleaf', level: 'full', melody: 'include' });
  });

  it('keeps what was put, and leaves no temporary file', () => {
    open().put({ ...defaults, language: 'de', threads: 3 });
    expect(open().get()).toEqual({ ...defaults, language: 'de', threads: 3 });
    expect(fs.readdirSync(folder)).toEqual(['settings.json']);
  });

  it.each([
    ['no JSON', '{'],
    ['a list', '[1, 2]'],
    ['null', 'null'],
    ['a number', '7'],
  ])('has the defaults where the file holds %s', (_what, text) => {
    fs.writeFileSync(path.join(folder, 'settings.json'), text);
    expect(open().get()).toEqual(defaults);
  });

  it('loses only those members that cannot be read', () => {
    const text = JSON.stringify({
      language: 'tlh',
      theme: 'dark',
      threads: -4,
      invented: true,
      notify: false,
    });
    fs.writeFileSync(path.join(folder, 'settings.json'), text);
    expect(open().get()).toEqual({ ...defaults, theme: 'dark', notify: false });
  });
});
