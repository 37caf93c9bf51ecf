import { openAsBlob } from 'node:fs';
import { basename, extname } from 'node:path';
import { type IAudioMetadata, parseFromTokenizer } from 'music-metadata';
import { fromBlob } from 'strtok3';
import { cleanText } from './clean-text.ts';
import { type Cover, chooseCover } from './cover.ts';

/** What a file says about itself, cleaned: one line each, at most 1,000 characters, empty where it says nothing. */
export interface Tags {
  /** The file's name without extension where there is no title. */
  title: string;
  artist: string;
  album: string;
}

export interface TagReading {
  tags: Tags;
  cover: Cover | null;
  /** What was ignored and why, as sentences. */
  notes: string[];
}

/** A tag that claims to be larger is a lie or of no use; nothing of that size is allocated. */
const MAX_TAG_BYTES = 64 * 1024 * 1024;

/**
 * Reads title, artist, album and cover. Broken tags are noted, never thrown: what could be read before the break is
 * kept. Throws nothing.
 * @param mimeType the content's type, which chooses the parser whatever the file is called
 */
export async function readTags(path: string, mimeType: string, withCover = false): Promise<TagReading> {
  const notes: string[] = [];
  let metadata: IAudioMetadata | null = null;
  try {
    const blob = await openAsBlob(path, { type: mimeType });
    const tokenizer = fromBlob(blob, { maxBufferSize: MAX_TAG_BYTES });
    try {
      // The observer sees every tag as it is found, also those before a break.
      const observer = (event: { metadata: IAudioMetadata }) => {
        metadata = event.metadata;
      };
      metadata = await parseFromTokenizer(tokenizer, { skipCovers: !withCover, observer });
    } finally {
      await tokenizer.close();
    }
  } catch (error) {
    const reason = cleanText(error instanceof Error ? error.message : String(error), 200);
    notes.push(`Some of the file’s tags are broken and were left out (${reason}).`);
  }
  const common = (metadata as IAudioMetadata | null)?.common;
  const cover = withCover ? chooseCover(common?.picture ?? [], notes) : null;
  const text = (value: unknown) => (typeof value === 'string' ? cleanText(value) : '');
  const tags = {
    title: text(common?.title) || nameOf(path),
    artist: text(common?.artist),
    album: text(common?.album),
  };
  return { tags, cover, notes };
}

function nameOf(path: string): string {
  const name = basename(path);
  return cleanText(name.slice(0, name.length - extname(name).length)) || 'Untitled';
}
