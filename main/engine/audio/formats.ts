import { extname } from 'node:path';

/**
 * What Songleaf plays. `mp3` covers MPEG audio layers I to III; `flac` also FLAC inside Ogg; `m4a` is AAC or ALAC inside
 * MP4 and `aac` a bare ADTS stream, both of which need an external decoder.
 */
export const audioFormats = ['mp3', 'flac', 'vorbis', 'opus', 'wav', 'aiff', 'm4a', 'aac'] as const;
export type AudioFormat = (typeof audioFormats)[number];

/**
 * Extensions, without the dot, of files worth offering in a dialog or picking up from a folder. `m4p` (protected
 * iTunes purchases) is among them, so that a folder import names those files instead of passing over them.
 */
export const audioExtensions = [
  'mp3',
  'mp2',
  'flac',
  'ogg',
  'oga',
  'opus',
  'wav',
  'wave',
  'aif',
  'aiff',
  'aifc',
  'm4a',
  'm4b',
  'm4p',
  'aac',
] as const;

/** Whether a folder import should try this file. Goes by the name only: `openAudio` judges the content. */
export function isAudioFile(path: string): boolean {
  const extension = extname(path).slice(1).toLowerCase();
  return (audioExtensions as readonly string[]).includes(extension);
}
