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

/** Absolute paths of any system, from their first folder to the last one: the file's name is what may matter. */
const folders =
  /(?:file:\/\/|(?<![A-Za-z])[A-Za-z]:[\\/]|\\\\|~[\\/]|(?<![\w%])\/(?=\S))(?:[^\\/:*?"<>|\r\n]{1,255}[\\/])+/g;

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
  let clean = text;
  for (const [name, kind] of [...names].toSorted(([a], [b]) => b.length - a.length)) {
    clean = clean.replaceAll(name, kind);
  }
  // A file that never became a song is named all the same.
  return clean.replace(/[^\s\\/"'“”]+\.(?:mp[23]|flac|og[ga]|opus|wave?|aif[fc]?|m4[abp]|aac)\b/gi, '<file>');
}
