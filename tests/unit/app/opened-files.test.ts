import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { OpenedFiles, songsOf } from '../../../main/app/opened-files.ts';
import { temporaryFolder } from './support/temporary.ts';

describe('songsOf', () => {
  test('finds songs among the arguments of a start, once each', () => {
    const folder = temporaryFolder();
    const names = ['a song.mp3', 'Ünï.FLAC', '-dash.wav'];
    for (const name of names) writeFileSync(path.join(folder, name), 'x');
    const [song, odd, dash] = names.map((name) => path.join(folder, name));
    const args = ['build/main/app.js', '--no-sandbox', '--library=x.mp3', song!, 'Ünï.FLAC', song!, dash!];
    expect(songsOf(args, folder)).toEqual([song, odd, dash]);
  });

  test('passes over switches, addresses and what is no song on this computer', () => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, 'album.mp3'));
    writeFileSync(path.join(folder, 'letter.txt'), 'x');
    writeFileSync(path.join(folder, '-x.mp3'), 'x');
    symlinkSync(path.join(folder, 'nowhere'), path.join(folder, 'gone.mp3'));
    const args = [
      '-x.mp3',
      '--open=a.mp3',
      'album.mp3',
      'letter.txt',
      'gone.mp3',
      'missing.mp3',
      'https://example.org/a.mp3',
      'file:///etc/a.mp3',
      'songleaf://open/a.mp3',
      'a\0.mp3',
      '',
    ];
    expect(songsOf(args, folder)).toEqual([]);
  });
});

describe('OpenedFiles', () => {
  test('waits for somebody to give them to, then gives them at once', () => {
    const opened = new OpenedFiles();
    opened.add(['a', 'b']);
    opened.add([]);
    opened.add(['c']);
    const given: string[][] = [];
    opened.giveTo((files) => given.push(files));
    opened.add(['d']);
    expect(given).toEqual([['a', 'b', 'c'], ['d']]);
  });

  test('holds them again while nobody is there', () => {
    const opened = new OpenedFiles();
    const given: string[][] = [];
    const take = (files: string[]) => given.push(files);
    opened.giveTo(take);
    opened.hold();
    opened.add(['a']);
    expect(opened.waiting).toBe(true);
    expect(given).toEqual([]);
    opened.giveTo(take);
    expect(given).toEqual([['a']]);
    expect(opened.waiting).toBe(false);
  });

  test('gives nothing twice to a page that was loaded anew', () => {
    const opened = new OpenedFiles();
    opened.add(['a']);
    const given: string[][] = [];
    opened.giveTo((files) => given.push(files));
    opened.giveTo((files) => given.push(files));
    expect(given).toEqual([['a']]);
  });
});
