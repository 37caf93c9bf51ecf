import type { MenuCommand } from '../../../preload/api.ts';
import type { LibraryState } from '../../state/library-state.ts';
import type { ShellState } from '../../state/shell.ts';
import { type SongViewName, useSongView } from '../song/view-state.ts';

/** What commands act on. */
export interface CommandContext {
  library: LibraryState;
  shell: ShellState;
}

/** A command of the window: for its menus, its palette, its shortcuts and the cheat sheet. */
export interface Command {
  /** `commands.NAME` is what it is called. */
  id: CommandId;
  /** `mod` is Ctrl, or Cmd on a Mac. */
  shortcut?: string;
  /** Whether it makes sense now; always where left out. */
  isPossible?: (context: CommandContext) => boolean;
  run: (context: CommandContext) => void;
}

/** Commands beside those of the app's menu. */
export const otherCommands = [
  'pause-queue',
  'resume-queue',
  'cancel-waiting',
  'clear-ended',
  'theme-system',
  'theme-light',
  'theme-dark',
  'back-up',
] as const;
export type CommandId = MenuCommand | (typeof otherCommands)[number];

const hasSong = ({ library }: CommandContext) => library.selectedSong !== null;

function showSong(view: SongViewName) {
  return ({ shell }: CommandContext) => {
    shell.show('library');
    useSongView.getState().show(view);
  };
}

export const commands: readonly Command[] = [
  { id: 'pick-songs', shortcut: 'mod+O', run: ({ library }) => void library.pickSongs() },
  { id: 'show-score', shortcut: 'mod+1', isPossible: hasSong, run: showSong('score') },
  { id: 'show-takes', shortcut: 'mod+2', isPossible: hasSong, run: showSong('takes') },
  { id: 'show-compare', shortcut: 'mod+3', isPossible: hasSong, run: showSong('compare') },
  { id: 'show-song', shortcut: 'mod+4', isPossible: hasSong, run: showSong('song') },
  { id: 'show-queue', shortcut: 'mod+5', run: ({ shell }) => shell.show('queue') },
  { id: 'palette', shortcut: 'mod+K', run: ({ shell }) => shell.open('palette') },
  { id: 'settings', shortcut: 'mod+,', run: ({ shell }) => shell.open('settings') },
  { id: 'shortcuts', shortcut: '?', run: ({ shell }) => shell.open('shortcuts') },
  {
    id: 'pause-queue',
    isPossible: ({ shell }) => !shell.paused,
    run: ({ shell }) => void shell.setPaused(true),
  },
  {
    id: 'resume-queue',
    isPossible: ({ shell }) => shell.paused,
    run: ({ shell }) => void shell.setPaused(false),
  },
  {
    id: 'cancel-waiting',
    isPossible: ({ library }) => library.jobs.some(({ state }) => state === 'queued'),
    run: ({ shell }) => void shell.cancelWaiting(),
  },
  {
    id: 'clear-ended',
    isPossible: ({ library }) => library.jobs.some(({ endedAt }) => endedAt !== null),
    run: ({ shell }) => void shell.clearEnded(),
  },
  { id: 'theme-system', run: ({ shell }) => void shell.change({ theme: 'system' }) },
  { id: 'theme-light', run: ({ shell }) => void shell.change({ theme: 'light' }) },
  { id: 'theme-dark', run: ({ shell }) => void shell.change({ theme: 'dark' }) },
  {
    id: 'back-up',
    run: ({ library, shell }) =>
      void library.attempt(async () => {
        await shell.makeBackup();
        library.tell({ kind: 'backed-up' });
      }),
  },
  { id: 'changes', run: ({ shell }) => shell.open('changes') },
  { id: 'about', run: ({ shell }) => shell.open('about') },
];

/** True where the key event is that of the shortcut. @param mac whether Cmd is the key for commands */
export function matches(shortcut: string, event: KeyboardEvent, mac: boolean): boolean {
  const withMod = shortcut.startsWith('mod+');
  const key = withMod ? shortcut.slice(4) : shortcut;
  const mod = mac ? event.metaKey : event.ctrlKey;
  const other = mac ? event.ctrlKey : event.metaKey;
  if (event.altKey || other || mod !== withMod) return false;
  return event.key.toLowerCase() === key.toLowerCase();
}

/** A shortcut as it stands on keys. */
export function keyNames(shortcut: string, mac: boolean): readonly string[] {
  if (shortcut === '+') return [shortcut];
  return shortcut.split('+').map((part) => (part === 'mod' ? (mac ? '⌘' : 'Ctrl') : part));
}
