import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_NAMES,
  type ExportTake,
  type TakeFormat,
  takeFormats,
} from '../../../main/contract/export.ts';
import { freeName, nameExports, nameFields, unknownFields } from '../../../main/contract/export-names.ts';
import { safeFileName } from '../../../main/contract/file-name.ts';

function take(change: Partial<ExportTake> = {}): ExportTake {
  return {
    takeId: 'a',
    songId: 's',
    title: 'Yesterday',
    artist: 'The Band',
    album: '',
    n: 2,
    name: '',
    newest: true,
    starred: false,
    settings: { model: 'reduction', level: 'easy', melody: 'include', seed: 7 },
    bpm: 96.4,
    key: { tonic: 10, mode: 'minor' },
    ...change,
  };
}

const names = (
  takes: ExportTake[],
  template: string,
  formats: TakeFormat[] = ['mid'],
  mix: 'piano' | 'record' = 'piano',
) => nameExports(takes, formats, template, mix).map(({ name }) => name);

describe('files are named after their take', () => {
  it('from a template', () => {
    expect(names([take()], DEFAULT_NAMES)).toEqual(['The Band - Yesterday - take 2.mid']);
    expect(names([take()], '{title} ({level}, {key}, {bpm}) {seed}')).toEqual([
      'Yesterday (easy, Bbm, 96) 7.mid',
    ]);
  });

  it('and what is empty leaves no dashes behind', () => {
    expect(names([take({ artist: '' })], DEFAULT_NAMES)).toEqual(['Yesterday - take 2.mid']);
    expect(names([take({ bpm: null })], '{title} at {bpm}')).toEqual(['Yesterday.mid']);
    expect(names([take({ name: '' })], '{name}')).toEqual(['Yesterday.mid']);
    expect(names([take({ title: '' })], '{title}')).toEqual(['song.mid']);
  });

  it.each([
    ['{title} ({level})', 'Yesterday', 'Yesterday (easy)'],
    ['{title} [{level}]', 'Yesterday', 'Yesterday [easy]'],
    ['{title} ({level}, {bpm})', 'Yesterday (96)', 'Yesterday (easy, 96)'],
    ['{title} ({bpm}, {level})', 'Yesterday (96)', 'Yesterday (96, easy)'],
    ['{title} ({level}) {bpm}', 'Yesterday 96', 'Yesterday (easy) 96'],
    ['{title} (take {n} of many)', 'Yesterday', 'Yesterday (take 2 of many)'],
    ['{title}, level {level}, for piano', 'Yesterday', 'Yesterday, level easy, for piano'],
    ['{title}{level} {album} - {n}', 'Yesterday', 'Yesterdayeasy 2'],
    ['{title} (for piano)', 'Yesterday (for piano)', 'Yesterday (for piano)'],
    ['{title} ({level}', 'Yesterday', 'Yesterday (easy'],
  ])('and no brackets or words around it: %s', (template, ofSong, ofTake) => {
    expect(names([take()], template, ['jams', 'mid'])).toEqual([`${ofTake}.mid`, `${ofSong}.jams`]);
  });

  it('with what sounds and all formats of one take alike', () => {
    expect(names([take()], '{title}', ['musicxml', 'score.mid', 'wav', 'svg'], 'record')).toEqual([
      'Yesterday.musicxml',
      'Yesterday.score.mid',
      'Yesterday.record.wav',
      'Yesterday.svg',
    ]);
  });

  it('with numbers where two would be the same, capitals aside', () => {
    const takes = [take(), take({ takeId: 'b', title: 'YESTERDAY' }), take({ takeId: 'c' })];
    expect(names(takes, '{title}', ['mid', 'pdf'])).toEqual([
      'Yesterday.mid',
      'Yesterday.pdf',
      'YESTERDAY (2).mid',
      'YESTERDAY (2).pdf',
      'Yesterday (3).mid',
      'Yesterday (3).pdf',
    ]);
  });

  it('and what describes the song is written once, without the take', () => {
    const takes = [take(), take({ takeId: 'b', n: 3 })];
    expect(names(takes, DEFAULT_NAMES, ['jams'])).toEqual(['The Band - Yesterday.jams']);
  });

  it('with no folder, no device and nothing hidden in the name', () => {
    expect(names([take({ artist: '../../etc', title: 'a/b\\c' })], '{artist}/{title}')[0]).toBe(
      '_.._etc_a_b_c.mid',
    );
    expect(names([take({ title: 'CON' })], '{title}')).toEqual(['_CON.mid']);
    expect(names([take({ title: 'a\u202Egnp.exe' })], '{title}')).toEqual(['agnp.exe.mid']);
    expect(names([take({ title: '{n}{{artist}}' })], '{title}')).toEqual(['{n}{{artist}}.mid']);
  });

  it('says what no field is called', () => {
    expect(unknownFields('{title} {tempo} {}')).toEqual(['tempo', '']);
    expect(unknownFields(nameFields.map((field) => `{${field}}`).join(''))).toEqual([]);
  });

  it('however hostile titles and templates are', () => {
    const text = fc.string({ unit: 'binary', maxLength: 400 });
    fc.assert(
      fc.property(
        fc.array(fc.record({ title: text, artist: text }), { minLength: 1, maxLength: 8 }),
        fc.oneof(fc.constantFrom(DEFAULT_NAMES, '{title}', '{artist}{n}'), text),
        fc.uniqueArray(fc.constantFrom(...takeFormats), { minLength: 1 }),
        (tags, template, formats) => {
          const takes = tags.map((tag, i) => take({ ...tag, takeId: String(i), songId: String(i % 3) }));
          const files = nameExports(takes, formats, template, 'vocals');
          const lower = files.map(({ name }) => name.toLowerCase());
          expect(new Set(lower).size).toBe(files.length);
          for (const { name, format } of files) {
            expect(name.endsWith(`.${format}`)).toBe(true);
            expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
            expect(safeFileName(name)).toBe(name);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

it('a name that is taken gets the next number that is free', () => {
  const there = new Set(['Song.pdf', 'Song (2).pdf']);
  expect(freeName('Song.pdf', '.pdf', (name) => there.has(name))).toBe('Song (3).pdf');
  expect(freeName('Other.pdf', '.pdf', (name) => there.has(name))).toBe('Other.pdf');
  expect(
    Buffer.byteLength(freeName(`${'ü'.repeat(98)}.pdf`, '.pdf', (name) => !name.includes('2'))),
  ).toBeLessThan(200);
});
