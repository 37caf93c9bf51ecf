import { basename } from 'node:path';
import { SongleafError } from '../../contract/errors.ts';
import { cleanText } from './clean-text.ts';
import { MAX_CHANNELS, MAX_SECONDS } from './limits.ts';

const CONVERT = 'Convert it to flac or mp3, for example with Audacity or ffmpeg, and import that file.';

function quote(path: string): string {
  return `“${cleanText(basename(path), 200)}”`;
}

/** Turns a failed open or read into an error that names the file; `cause` is what Node threw. */
export function fileError(path: string, cause: unknown): SongleafError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  // A path with a NUL byte is ERR_INVALID_ARG_VALUE.
  if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE'].includes(code)) {
    return new SongleafError(
      'file-not-found',
      `There is no file “${cleanText(path)}”.`,
      'Check the path; the file may have been moved, renamed or be on a drive that is not connected.',
      { cause },
    );
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new SongleafError(
      'file-unreadable',
      `Songleaf may not read ${quote(path)}.`,
      'Give yourself permission to read the file, or copy it to a folder of your own.',
      { cause },
    );
  }
  return new SongleafError(
    'file-unreadable',
    `${quote(path)} could not be read${code ? ` (${code})` : ''}.`,
    'Check that the drive is connected and sound, then try again.',
    { cause },
  );
}

export function notAFile(path: string, isFolder: boolean): SongleafError {
  return new SongleafError(
    'file-unreadable',
    `${quote(path)} is ${isFolder ? 'a folder' : 'not a regular file'}.`,
    isFolder ? 'Choose an audio file inside it.' : 'Choose an audio file.',
  );
}

export function unsupported(path: string, what: string, hint = CONVERT): SongleafError {
  return new SongleafError('audio-unsupported', `${quote(path)} ${what}.`, hint);
}

export function protectedAudio(path: string): SongleafError {
  return new SongleafError(
    'audio-protected',
    `${quote(path)} is copy-protected.`,
    'Songleaf cannot open protected purchases or loans. Use a copy without protection, such as a CD or a download store’s mp3.',
  );
}

/** The file has no sound to speak of; `what` completes “X …”. */
export function emptyAudio(path: string, what: string): SongleafError {
  return new SongleafError('audio-empty', `${quote(path)} ${what}.`, 'Choose a recording of a whole song.');
}

export function corrupt(path: string, what: string, cause?: unknown): SongleafError {
  return new SongleafError(
    'audio-corrupt',
    `${quote(path)} ${what}.`,
    'The file is damaged or incomplete. Copy or download it again, or convert it afresh from the original.',
    { cause },
  );
}

export function tooLong(path: string, seconds: number): SongleafError {
  return new SongleafError(
    'audio-too-long',
    `${quote(path)} lasts more than ${MAX_SECONDS / 3600} hours (${(seconds / 3600).toFixed(1)} h).`,
    'Cut it into single songs, for example with Audacity, and import those.',
  );
}

export function absurdFormat(path: string, sampleRate: number, channels: number): SongleafError {
  return corrupt(path, `claims ${channels} channels at ${sampleRate} Hz (at most ${MAX_CHANNELS} are read)`);
}

export function decoderMissing(path: string, codec: string): SongleafError {
  return new SongleafError(
    'decoder-missing',
    `${quote(path)} is ${codec}, which needs the program ffmpeg here, and that was not found.`,
    'Install ffmpeg so that it is on the PATH, or open the file in the Songleaf app, or convert it to flac or mp3.',
  );
}

export function cancelled(path: string): SongleafError {
  return new SongleafError(
    'cancelled',
    `Reading ${quote(path)} was cancelled.`,
    'Start it again when you like.',
  );
}

/** Throws `cancelled` once the signal is aborted. */
export function checkAborted(path: string, signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelled(path);
}
