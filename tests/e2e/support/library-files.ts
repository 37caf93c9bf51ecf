import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { PlayerSettings } from '../../../main/contract/performance.ts';
import type { ViewState } from '../../../main/contract/settings.ts';

/** What a test's library remembers of how songs are listened to. Empty before anything was written. */
export function rememberedPlayers(folder: string): PlayerSettings[] {
  const players = path.join(folder, 'library', 'player');
  try {
    return readdirSync(players).flatMap((name) => readJson<PlayerSettings>(path.join(players, name)) ?? []);
  } catch {
    return [];
  }
}

/** What a test's library remembers of what was in sight. */
export function rememberedView(folder: string): ViewState | null {
  return readJson<ViewState>(path.join(folder, 'library', 'view.json'));
}

/** Null where the file is not there, or not whole yet. */
function readJson<T>(file: string): T | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return null;
  }
}
