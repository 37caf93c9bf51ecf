import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInstance } from 'i18next';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';
import { errorCodes } from '../../../main/contract/errors.ts';
import { type Language, languages } from '../../../main/contract/settings.ts';
import { shellWordNames, shellWordsSchema } from '../../../main/shell/shell-words.ts';
import de from '../../../renderer/i18n/de.json' with { type: 'json' };
import en from '../../../renderer/i18n/en.json' with { type: 'json' };
import es from '../../../renderer/i18n/es.json' with { type: 'json' };
import { chooseLanguage } from '../../../renderer/i18n/i18n.ts';

const texts: Record<Language, object> = { en, de, es };

/** Every text by its key. */
function flatten(part: object, before = ''): Map<string, string> {
  return new Map(
    Object.entries(part).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[`${before}${key}`, value] as const]
        : [...flatten(value as object, `${before}${key}.`)],
    ),
  );
}

const plural = /_(zero|one|two|few|many|other)$/;
const placeholders = (text: string) =>
  [...new Set([...text.matchAll(/\{\{\s*([^,}\s]+)/g)].map((match) => match[1]!))].sort();

describe.each(languages)('the texts in %s', (language) => {
  const english = flatten(en);
  const own = flatten(texts[language]);

  test('are the same as in English, neither more nor fewer', () => {
    const stems = (keys: Iterable<string>) =>
      [...new Set([...keys].map((key) => key.replace(plural, '')))].sort();
    expect(stems(own.keys())).toEqual(stems(english.keys()));
  });

  test('have every plural form of the language', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    const counted = new Map<string, string[]>();
    for (const key of own.keys()) {
      const form = plural.exec(key)?.[1];
      // A form of its own for none is nobody's plural, but may be written anywhere.
      if (form === undefined || form === 'zero') continue;
      const stem = key.replace(plural, '');
      counted.set(stem, [...(counted.get(stem) ?? []), form].sort());
    }
    expect(counted.size).toBeGreaterThan(5);
    for (const [stem, found] of counted) expect(found, stem).toEqual(forms);
  });

  test('leave the same places for names and numbers', () => {
    for (const [key, text] of own) {
      const stem = key.replace(plural, '');
      const model = english.get(key) ?? english.get(`${stem}_other`)!;
      expect(placeholders(text), key).toEqual(placeholders(model));
    }
  });

  test('are not left empty or in English', () => {
    for (const [key, text] of own) {
      if (english.get(key) !== '') expect(text.trim(), key).not.toBe('');
    }
    if (language === 'en') return;
    const words = (text: string) => text.replace(/\{\{.*?\}\}/g, '').match(/\p{L}{2,}/gu) ?? [];
    const long = [...own].filter(([, text]) => words(text).length > 3);
    expect(long.length).toBeGreaterThan(100);
    const same = long.filter(([key, text]) => text === english.get(key)).map(([key]) => key);
    expect(same).toEqual([]);
  });

  test('have words for every error and for the app’s menus', () => {
    for (const code of errorCodes) {
      expect(own.get(`errors.${code}.message`), code).toMatch(/\.$/);
      expect(own.get(`errors.${code}.hint`), code).toMatch(/\.$/);
    }
    const words = Object.fromEntries(shellWordNames.map((name) => [name, own.get(`shell.${name}`)]));
    expect(shellWordsSchema.parse(words)).toEqual(words);
  });
});

test('plural forms are chosen by the language', async () => {
  const i18n = createInstance();
  await i18n.init({ resources: { es: { translation: es }, de: { translation: de } }, lng: 'es' });
  expect(i18n.t('songs.takes', { count: 1 })).toBe('1 versión');
  expect(i18n.t('songs.takes', { count: 2 })).toBe('2 versiones');
  expect(i18n.t('songs.takes', { count: 1_000_000 })).toBe('1000000 de versiones');
});

test('numbers are written as the language writes them', async () => {
  const i18n = createInstance();
  await i18n.init({ resources: { es: { translation: es }, de: { translation: de } }, lng: 'de' });
  expect(i18n.t('backups.size', { size: 1.25 })).toBe('1,3 MB');
  expect(i18n.t('takes.figures.perSecond', { notes: 2.5 })).toBe('2,5 Noten/s');
  expect(i18n.t('takes.figures.ofNine', { grade: 3.5 })).toBe('3,5 von 9');
  expect(i18n.t('song.place', { bar: 12, beat: 2.25 })).toBe('Takt 12, Schlag 2,25');
  expect(i18n.t('song.tempo', { bpm: 90.5, lng: 'es' })).toBe('90,5 ppm');
  expect(i18n.t('repair.note', { name: 'C', bar: 1, beat: 1.5, beats: 0.5, hand: '', lng: 'es' })).toContain(
    'tiempo 1,5 · 0,5 tiempos',
  );
});

test('the language is the one that is set, else the first of the person’s that is known', () => {
  expect(chooseLanguage('de', ['en-GB'])).toBe('de');
  expect(chooseLanguage('system', ['fr-FR', 'es-MX', 'de'])).toBe('es');
  expect(chooseLanguage('system', ['DE-at'])).toBe('de');
  expect(chooseLanguage('system', ['fr', 'det'])).toBe('en');
  expect(chooseLanguage('system', [])).toBe('en');
});

interface Node {
  type: string;
  start: number;
  [member: string]: unknown;
}

/** Attributes that a person reads or hears. */
const spoken = new Set([
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'title',
  'alt',
  'placeholder',
  'label',
  'hint',
  'textValue',
  'description',
]);

/** Texts in the markup of a file that did not come from the language files. */
function findLiterals(file: string, source: string): string[] {
  const { program, errors } = parseSync(file, source);
  expect(errors, file).toEqual([]);
  const found: string[] = [];
  const note = (text: unknown, { start }: Node) => {
    if (typeof text !== 'string' || !/\p{L}{2}/u.test(text)) return;
    found.push(`${file}:${source.slice(0, start).split('\n').length} ${text.trim()}`);
  };
  /** What an expression can come out as. */
  const noteValues = (node: Node): void => {
    if (node.type === 'Literal') note(node.value, node);
    else if (node.type === 'TemplateLiteral') {
      for (const part of node.quasis as Node[]) note((part.value as { cooked: string }).cooked, part);
    } else if (node.type === 'ConditionalExpression') {
      noteValues(node.consequent as Node);
      noteValues(node.alternate as Node);
    } else if (node.type === 'LogicalExpression') {
      noteValues(node.left as Node);
      noteValues(node.right as Node);
    }
  };
  const walk = (node: Node): void => {
    if (node.type === 'JSXText') note(node.value, node);
    if (node.type === 'JSXElement' || node.type === 'JSXFragment') {
      for (const child of node.children as Node[]) {
        if (child.type === 'JSXExpressionContainer') noteValues(child.expression as Node);
      }
    }
    if (node.type === 'JSXAttribute' && spoken.has(String((node.name as Node).name))) {
      const value = node.value as Node | null;
      if (value?.type === 'Literal') note(value.value, value);
      if (value?.type === 'JSXExpressionContainer') noteValues(value.expression as Node);
    }
    for (const member of Object.values(node)) {
      for (const child of Array.isArray(member) ? member : [member]) {
        if (typeof child === 'object' && child !== null && 'type' in child) walk(child as Node);
      }
    }
  };
  walk(program as unknown as Node);
  return found;
}

describe('the markup', () => {
  const renderer = path.resolve(import.meta.dirname, '../../../renderer');
  const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.tsx'),
  );

  test('says nothing that is not in the language files', () => {
    expect(files.length).toBeGreaterThan(50);
    const found = files.flatMap((file) =>
      findLiterals(file, readFileSync(path.join(renderer, file), 'utf8')),
    );
    expect(found).toEqual([]);
  });

  test.each([
    ['<p>Hello there</p>', 'Hello there'],
    ['<p>{"Hello"}</p>', 'Hello'],
    ['<p>{busy ? "Working" : t("app.name")}</p>', 'Working'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the source of a component
    ['<p>{`About ${name}`}</p>', 'About'],
    ['<button aria-label="Close" />', 'Close'],
    ['<Field label={wide || "Name"} />', 'Name'],
    ['<><b>Bold</b></>', 'Bold'],
  ])('would be caught at %s', (markup, text) => {
    expect(findLiterals('a.tsx', `const a = ${markup};`)).toEqual([`a.tsx:1 ${text}`]);
  });

  test.each([
    '<p className="wide">{t("app.name")}</p>',
    '<p>−</p>',
    '<p> · {name}</p>',
    '<a href="./x" id="one" />',
  ])('is let through at %s', (markup) => {
    expect(findLiterals('a.tsx', `const a = ${markup};`)).toEqual([]);
  });
});
