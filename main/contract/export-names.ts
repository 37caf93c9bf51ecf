import { type AudioMix, audioFormatSchema } from './audio.ts';
import type { ExportTake, TakeFormat } from './export.ts';
import { firstBytes, safeFileName } from './file-name.ts';
import { pitchClassName } from './pitch-names.ts';

/** What a template can name, in braces: `{artist} - {title} - take {n}`. */
export const nameFields = [
  'title',
  'artist',
  'album',
  'n',
  'name',
  'level',
  'model',
  'melody',
  'seed',
  'key',
  'bpm',
] as const;
export type NameField = (typeof nameFields)[number];

/** A file that an export will write. Pages in SVG are numbered before the extension. */
export interface NamedFile {
  takeId: string;
  songId: string;
  format: TakeFormat;
  name: string;
}

/** Bytes of a stem that leave room for a number and every ending. */
const NUMBERED = 170;

/** Words in braces that a template asks for and nothing fills. */
export function unknownFields(template: string): string[] {
  const named = [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name!);
  return named.filter((name) => !nameFields.some((field) => field === name));
}

/**
 * Names of all files of an export: safe on every system, different from each other also where capitals do not count, and
 * the same ones for the same takes. What describes a song and not a take is written once.
 */
export function nameExports(
  takes: readonly ExportTake[],
  formats: readonly TakeFormat[],
  template: string,
  mix: AudioMix,
): NamedFile[] {
  const taken = new Set<string>();
  const songs = new Set<string>();
  const files: NamedFile[] = [];
  for (const take of takes) {
    const { takeId, songId } = take;
    // All formats of a take share a name, so that they lie together.
    const own = formats.filter((format) => format !== 'jams');
    if (own.length > 0) {
      const stem = freeStem(fillTemplate(template, take), own, mix, taken);
      for (const format of own) {
        files.push({ takeId, songId, format, name: withEnding(stem, endingOf(format, mix)) });
      }
    }
    if (formats.includes('jams') && !songs.has(songId)) {
      songs.add(songId);
      const stem = freeStem(fillTemplate(template, take, true), ['jams'], mix, taken);
      files.push({ takeId, songId, format: 'jams', name: withEnding(stem, '.jams') });
    }
  }
  return files;
}

/** `name` with a number where `isTaken`: "Song.pdf", "Song (2).pdf". @param ending with its dot */
export function freeName(name: string, ending: string, isTaken: (name: string) => boolean): string {
  const stem = firstBytes(name.slice(0, name.length - ending.length), NUMBERED).trimEnd();
  let free = name;
  for (let number = 2; isTaken(free); number++) free = withEnding(`${stem} (${number})`, ending);
  return free;
}

/** The extension of a format, and before it what sounds with the piano. */
export function endingOf(format: TakeFormat, mix: AudioMix): string {
  const isSound = audioFormatSchema.safeParse(format).success;
  return isSound && mix !== 'piano' ? `.${mix}.${format}` : `.${format}`;
}

/** A page of a drawn score: NAME.page2.svg. */
export function pageName(name: string, page: number): string {
  return name.replace(/\.svg$/, `.page${page}.svg`);
}

function withEnding(stem: string, ending: string): string {
  return safeFileName(`${stem}${ending}`, 'song', ending);
}

/** A stem that no earlier file has with one of these endings, which this one has from now on. */
function freeStem(stem: string, formats: readonly TakeFormat[], mix: AudioMix, taken: Set<string>): string {
  const endings = formats.map((format) => endingOf(format, mix));
  // Compared without case: some file systems do not tell Song from song.
  const namesOf = (each: string) => endings.map((ending) => withEnding(each, ending).toLowerCase());
  let free = stem;
  for (let number = 2; namesOf(free).some((name) => taken.has(name)); number++) {
    // Cut first: a number after a name that is too long would be cut off with the rest.
    free = `${firstBytes(stem, NUMBERED).trimEnd()} (${number})`;
  }
  for (const name of namesOf(free)) taken.add(name);
  return free;
}

function fillTemplate(template: string, take: ExportTake, wholeSong = false): string {
  const values = valuesOf(take, wholeSong);
  const filled = fill(template, values).trim();
  // Slashes of a title are no folders; dots at the end would vanish before an extension.
  return safeFileName(filled === '' ? values.title : filled, 'song', '');
}

const FIELD = `\\{(?:${nameFields.join('|')})\\}`;
/** A field, or brackets with one. */
const slots = new RegExp(`(${FIELD}|\\([^()]*${FIELD}[^()]*\\)|\\[[^[\\]]*${FIELD}[^[\\]]*\\])`);

/**
 * Fills a template. What is between an empty field and the next one goes with it, and around the last ones what leads up
 * to them and what follows: without an artist `{artist} - {title}` is the title alone. Brackets stand and fall with what is
 * in them. Unknown fields stay as they are written.
 */
function fill(template: string, values: Record<NameField, string>): string {
  // Text and slots by turns, with text at both ends.
  const parts = template.split(slots);
  const texts = parts.filter((_, i) => i % 2 === 0);
  const filled = parts.filter((_, i) => i % 2 === 1).map((slot) => fillSlot(slot, values));
  const last = filled.findLastIndex((text) => text !== '');
  const kept = filled
    .slice(0, last + 1)
    .map((text, i) => (i > 0 && filled[i - 1] === '' ? '' : texts[i]) + text);
  return kept.join('') + (last === filled.length - 1 ? texts.at(-1) : '');
}

function fillSlot(slot: string, values: Record<NameField, string>): string {
  if (slot.startsWith('{')) return values[slot.slice(1, -1) as NameField];
  const inside = fill(slot.slice(1, -1), values);
  return inside === '' ? '' : `${slot[0]}${inside}${slot.at(-1)}`;
}

function valuesOf(take: ExportTake, wholeSong: boolean): Record<NameField, string> {
  const { settings, key } = take;
  const ofTake = <T>(value: T) => (wholeSong ? '' : String(value));
  return {
    title: take.title,
    artist: take.artist,
    album: take.album,
    n: ofTake(take.n),
    name: ofTake(take.name),
    level: ofTake(settings.level),
    model: ofTake(settings.model),
    melody: ofTake(settings.melody),
    seed: ofTake(settings.seed),
    key: key === null ? '' : `${pitchClassName(key.tonic, key)}${key.mode === 'minor' ? 'm' : ''}`,
    bpm: take.bpm === null ? '' : String(Math.round(take.bpm)),
  };
}
