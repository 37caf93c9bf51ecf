import fs from 'node:fs';
import path from 'node:path';
import type * as z from 'zod';
import { createFolder, writeFileDurably } from './durable-files.ts';

/** A small JSON document beside the library: nothing that the music depends on, so without rows. */
export interface StateFile<T> {
  /** Members that are missing or cannot be read have their defaults. */
  get(): T;
  /** Throws `file-unwritable`. */
  put(value: T): void;
}

/** @param schema every member of which has a default */
export function createStateFile<S extends z.ZodObject>(file: string, schema: S): StateFile<z.output<S>> {
  let known: z.output<S> | null = null;

  function read(): z.output<S> {
    let stored: unknown;
    try {
      stored = JSON.parse(fs.readFileSync(file, 'utf8'));
    } catch {
      stored = null;
    }
    const members = typeof stored === 'object' && stored !== null ? stored : {};
    // One by one: a value from a newer version, or a slip of an editor, must not take the others with it.
    const good = Object.entries(schema.shape)
      .map(([name, member]) => [name, member.safeParse((members as Record<string, unknown>)[name])] as const)
      .filter(([, parsed]) => parsed.success)
      .map(([name, parsed]) => [name, parsed.data]);
    return schema.parse(Object.fromEntries(good));
  }

  return {
    get() {
      known ??= read();
      return known;
    },
    put(value) {
      createFolder(path.dirname(file));
      writeFileDurably(file, Buffer.from(JSON.stringify(value, null, 2)));
      known = value;
    },
  };
}
