import * as z from 'zod';
import { audioFormatSchema, audioMixSchema } from './audio.ts';

const id = z.string().regex(/^[0-9a-f]{64}$/);

/** What of a song can be listened to: the recording, its voice, or the rest of it. */
export const songSounds = ['record', 'vocals', 'accompaniment'] as const;
export const songSoundSchema = z.enum(songSounds);
export type SongSound = z.infer<typeof songSoundSchema>;

/** Something of a song that is fetched as a file, by what it is and never by where it lies. */
export const mediaSchema = z.discriminatedUnion('kind', [
  /** 16-bit stereo WAV at 44.1 kHz. */
  z.strictObject({ kind: z.literal('song'), songId: id, sound: songSoundSchema }),
  /** A take as a sound file to keep. */
  z.strictObject({
    kind: z.literal('take'),
    takeId: id,
    mix: audioMixSchema,
    format: audioFormatSchema,
    /** Semitones that the piano plays higher, where nothing else sounds. */
    transpose: z.int().min(-11).max(11).optional(),
  }),
  /** A small picture of the song's cover, JPEG. */
  z.strictObject({ kind: z.literal('cover'), songId: id }),
  /** The piano's sound bank (SF3). */
  z.strictObject({ kind: z.literal('piano') }),
]);
export type Media = z.infer<typeof mediaSchema>;

/** The path of a medium in a URL: `/song/ID/record`, `/take/ID/piano.flac`, `/cover/ID`, `/piano`. */
export function mediaPath(media: Media): string {
  if (media.kind === 'song') return `/song/${media.songId}/${media.sound}`;
  if (media.kind === 'take') return `/take/${media.takeId}/${media.mix}.${media.format}`;
  return media.kind === 'cover' ? `/cover/${media.songId}` : '/piano';
}

/** The medium that a URL's path names, or null. The inverse of `mediaPath`. */
export function parseMediaPath(path: string): Media | null {
  const [, kind, id, name = ''] = path.split('/');
  const [mix, format] = name.split('.');
  const candidates: unknown[] = [
    { kind, songId: id, sound: name },
    { kind, takeId: id, mix, format },
    { kind, songId: id },
    { kind },
  ];
  for (const candidate of candidates) {
    const media = mediaSchema.safeParse(candidate);
    // One spelling only.
    if (media.success && mediaPath(media.data) === path) return media.data;
  }
  return null;
}
