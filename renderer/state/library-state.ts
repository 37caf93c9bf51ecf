import type { StoreApi } from 'zustand/vanilla';
import type { ArrangeSettings } from '../../main/contract/arrangement.ts';
import type { Credit } from '../../main/contract/calls.ts';
import type { ErrorReport } from '../../main/contract/errors.ts';
import type { Job } from '../../main/contract/jobs.ts';
import type { Song, Take } from '../../main/contract/library.ts';
import { defaultScoreOptions, type ScoreOptions } from '../../main/contract/score-options.ts';
import type { SoundSource } from '../features/player/sound-source.ts';
import type { TakeDesk } from './take-desk.ts';

/** Something to tell the person once. */
export type NoticeContent =
  | { kind: 'error'; error: ErrorReport }
  | { kind: 'library'; error: ErrorReport }
  | { kind: 'not-added'; error: ErrorReport; file: string }
  | { kind: 'not-finished'; error: ErrorReport; songId: string }
  /** The engine died, and was started again or waits. */
  | { kind: 'engine'; running: boolean }
  /** Work that took a while has ended. */
  | { kind: 'finished'; songIds: readonly string[]; failed: number }
  | { kind: 'backed-up' }
  | { kind: 'restored' }
  | { kind: 'known'; titles: string[] }
  | { kind: 'found'; titles: string[]; missing: number }
  | { kind: 'take-removed'; take: Take };
export type Notice = NoticeContent & { id: number };

export interface LibraryData {
  status: 'loading' | 'ready' | 'failed';
  /** Why the library could not be opened. */
  failure: ErrorReport | null;
  connected: boolean;
  adding: boolean;
  songs: readonly Song[];
  jobs: readonly Job[];
  /** Takes of the songs that were opened, oldest first. */
  takes: Readonly<Record<string, readonly Take[]>>;
  /** Removed takes of the songs that were opened, the last removed first. */
  removedTakes: Readonly<Record<string, readonly Take[]>>;
  selectedSong: string | null;
  /** Counts how often a song was chosen, the one in sight again among them. */
  openings: number;
  selectedTakes: Readonly<Record<string, string>>;
  notices: readonly Notice[];
  /** How the selected song's scores look, on the screen and in exports. */
  scoreOptions: ScoreOptions;
  /** Semitones by which songs that were opened are read and played higher. */
  transpositions: Readonly<Record<string, number>>;
}

/** What a person can do. None of these rejects, but for those that read: a failure becomes a notice. */
export interface LibraryActions {
  /** Reads everything. @param restored settles once it is known what was in sight last */
  load: (restored?: Promise<void>) => Promise<void>;
  pickSongs: () => Promise<void>;
  /** Adds what was dropped on the window. Call at once: a drop's content does not outlast its event. */
  importDropped: (data: DataTransfer) => Promise<void>;
  /** Adds a folder of songs. */
  pickFolder: () => Promise<void>;
  /** Adds the piece that comes with Songleaf and opens it. */
  addExample: () => Promise<void>;
  /** Looks whether recordings are still where they were; what has changed is told of. */
  lookAtFiles: () => Promise<void>;
  /** Asks where a song's recording lies now. */
  locateSong: (songId: string) => Promise<void>;
  /** Looks for all missing recordings in a folder. */
  findMoved: () => Promise<void>;
  selectSong: (songId: string) => Promise<void>;
  selectTake: (songId: string, takeId: string) => void;
  /** What is done with takes. */
  takeDesk: TakeDesk;
  arrange: (songId: string, settings: ArrangeSettings) => Promise<void>;
  cancel: (jobId: string) => Promise<void>;
  retry: (jobId: string) => Promise<void>;
  removeSong: (songId: string) => Promise<void>;
  /** Where the small picture of a song's cover can be fetched. */
  coverUrl: (songId: string) => string;
  /** What players read of the engine. */
  sound: SoundSource;
  /** Prints the take with the score's options; `print` draws MusicXML on paper. */
  printTake: (
    takeId: string,
    print: (musicxml: string, largePrint: boolean) => Promise<void>,
  ) => Promise<void>;
  /** Kept: the transposition for the selected song, the rest for all. */
  setScoreOptions: (options: ScoreOptions) => Promise<void>;
  /** @throws SongleafError */
  readScore: (takeId: string, options: ScoreOptions) => Promise<string>;
  /** Whose networks hear. @throws SongleafError */
  readCredits: () => Promise<{ version: string; credits: readonly Credit[] }>;
  dismiss: (noticeId: number) => void;
  /** Says something once. */
  tell: (...notices: NoticeContent[]) => void;
  /** Does what a person asked for; a failure becomes a notice. Never rejects. */
  attempt: (work: () => Promise<void>) => Promise<void>;
}

export type LibraryState = LibraryData & LibraryActions;
export type Library = StoreApi<LibraryState>;

export const emptyLibrary: LibraryData = {
  status: 'loading',
  failure: null,
  connected: true,
  adding: false,
  songs: [],
  jobs: [],
  takes: {},
  removedTakes: {},
  selectedSong: null,
  openings: 0,
  selectedTakes: {},
  notices: [],
  scoreOptions: defaultScoreOptions,
  transpositions: {},
};
