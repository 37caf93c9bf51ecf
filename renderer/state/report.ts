import type { ErrorReport } from '../../main/contract/errors.ts';
import type { Song } from '../../main/contract/library.ts';

/** What a report tells of the program and the computer. */
export interface ReportFacts {
  version: string;
  device: string;
  /** The browser's or app's own description. */
  userAgent: string;
  language: string;
}

/**
 * A text about an error to send to whoever mends it. Says nothing of whose computer it is: folders are left out, and the
 * names of songs unless they are wanted.
 */
export function writeReport(
  error: ErrorReport,
  facts: ReportFacts,
  songs: readonly Pick<Song, 'title' | 'artist' | 'album' | 'path'>[],
  withNames: boolean,
): string {
  const clean = (text: string) => redactPaths(withNames ? text : redactNames(text, songs));
  return [
    `Songleaf ${facts.version}`,
    `Error: ${error.code}`,
    `Message: ${clean(error.message)}`,
    `Hint: ${clean(error.hint)}`,
    `Device: ${facts.device}`,
    `Language: ${facts.language}`,
    `Browser: ${facts.userAgent}`,
    '',
  ].join('\n');
}

/** Where absolute paths begin, on any system; fractions and dates have slashes too, but behind a figure. */
const root = String.raw`(?:file:\/\/|(?<![A-Za-z])[A-Za-z]:[\\/]|\\\\|~[\\/]|(?<![\w%])\/(?=\S))`;
const folder = String.raw`(?:[^\\/:*?"<>|\r\n]{1,255}[\\/])`;
/** All of a path but the file's name, which is what may matter. */
const folders = new RegExp(`${root}${folder}+`, 'g');

const audio = String.raw`\.(?:mp[23]|flac|og[ga]|opus|wave?|aif[fc]?|m4[abp]|aac)\b`;
/** A song's file with its folders, blanks in its name and all. */
const songFiles = new RegExp(String.raw`${root}${folder}*[^\\/:*?"<>|\r\n]*?${audio}`, 'gi');
/** The same between quotation marks, without folders. */
const quotedFiles = new RegExp(String.raw`(?<=[“"'])[^“”"'\r\n]+${audio}`, 'gi');
/** A song's file by its name, as far back as it cannot be another word. */
const bareFiles = new RegExp(String.raw`[^\s\\/"'“”]+${audio}`, 'gi');

/** Replaces the folders of paths, so that no name of a person or a machine is in them. */
export function redactPaths(text: string): string {
  return text.replace(folders, '…/');
}

/** Replaces titles, artists, albums and file names of the library's songs, the longest first. */
function redactNames(
  text: string,
  songs: readonly Pick<Song, 'title' | 'artist' | 'album' | 'path'>[],
): string {
  const names = new Map<string, string>();
  for (const { title, artist, album, path } of songs) {
    const file = path.split(/[\\/]/).at(-1) ?? '';
    const stem = file.replace(/\.[^.]*$/, '');
    for (const [name, kind] of [
      [file, '<file>'],
      [title, '<title>'],
      [artist, '<artist>'],
      [album, '<album>'],
      [stem, '<file>'],
    ] as const) {
      // A name of one or two letters is in every sentence.
      if (name.length > 2) names.set(name, kind);
    }
  }
  // A file that never became a song is named all the same, with its folders or without.
  let clean = text.replace(songFiles, '<file>').replace(quotedFiles, '<file>');
  for (const [name, kind] of [...names].toSorted(([a], [b]) => b.length - a.length)) {
    clean = clean.replaceAll(name, kind);
  }
  return clean.replace(bareFiles, '<file>');
}
