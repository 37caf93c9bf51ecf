import { type KeyboardEvent, useMemo, useState } from 'react';
import { Autocomplete, Heading, Input, Menu, MenuItem, SearchField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { LeafNote } from '../../parts/icons.tsx';
import { CommandIcon, SearchIcon } from '../../parts/shell-icons.tsx';
import { WindowModal } from '../../parts/window-dialog.tsx';
import { useLibrary, useLibraryStore } from '../../state/use-library.tsx';
import { useShell, useShellStore } from '../../state/use-shell.tsx';
import { searchSongs } from '../songs/list-order.ts';
import { commands, keyNames } from './commands.ts';
import { isMac } from './is-mac.ts';
import { rankNames } from './rank-names.ts';

/** Songs shown at once; more are found by typing more. */
const SONGS = 8;

/** Everything that can be done and every song, by a few letters of its name. */
export function Palette() {
  const { t } = useTranslation();
  const open = useShell((shell) => shell.open);
  return (
    <WindowModal id="palette" overlay="palette-overlay" modal="palette" className="palette-dialog">
      <Heading slot="title" className="visually-hidden">
        {t('commands.palette')}
      </Heading>
      <PaletteSearch onDone={() => open(null)} />
    </WindowModal>
  );
}

function PaletteSearch({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const library = useLibraryStore();
  const shell = useShellStore();
  const [query, setQuery] = useState('');
  const [context] = useState(() => ({ library: library.getState(), shell: shell.getState() }));
  // Songs that are still being taken in are found as they come.
  const songs = useLibrary((state) => state.songs);
  const found = useMemo(() => {
    const possible = commands.filter(
      ({ id, isPossible }) => id !== 'palette' && (isPossible?.(context) ?? true),
    );
    const named = possible.map((command) => ({ name: t(`commands.${command.id}`), command }));
    const found = query.trim() === '' ? [] : searchSongs(songs, query).slice(0, SONGS);
    return [
      ...rankNames(named, query).map(({ name, command }) => ({
        id: `command ${command.id}`,
        name,
        detail: '',
        keys: command.shortcut ? keyNames(command.shortcut, isMac) : [],
        run: () => command.run(context),
      })),
      ...found.map((song) => ({
        id: `song ${song.id}`,
        name: song.title || t('songs.untitled'),
        detail: song.artist || t('songs.unknownArtist'),
        keys: [],
        run: () => {
          context.shell.show('library');
          void context.library.selectSong(song.id);
        },
      })),
    ];
  }, [query, t, context, songs]);
  function run(id: string | undefined): void {
    onDone();
    found.find((entry) => entry.id === id)?.run();
  }

  /** Runs what is marked, or at once what stands first: marking it waits for the person to stop typing. */
  function press(event: KeyboardEvent<HTMLElement>): void {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    const marked = event.currentTarget
      .querySelector('[role=menuitem][data-focused]')
      ?.getAttribute('data-key');
    if (found.length > 0) run(marked ?? found[0]!.id);
  }

  return (
    <div className="palette-search" onKeyDownCapture={press}>
      <Autocomplete inputValue={query} onInputChange={setQuery}>
        <SearchField className="palette-field" aria-label={t('commands.search')} autoFocus>
          <SearchIcon />
          <Input className="palette-input" placeholder={t('commands.searchHint')} />
        </SearchField>
        <Menu
          className="menu palette-list"
          aria-label={t('commands.palette')}
          items={found}
          renderEmptyState={() => <p className="palette-none">{t('commands.none')}</p>}
          onAction={(id) => run(String(id))}
        >
          {(entry) => (
            <MenuItem id={entry.id} className="menu-item palette-item" textValue={entry.name}>
              {entry.id.startsWith('song') ? <LeafNote /> : <CommandIcon />}
              <span className="palette-name">{entry.name}</span>
              <span className="palette-detail">
                {entry.detail}
                {entry.keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </span>
            </MenuItem>
          )}
        </Menu>
      </Autocomplete>
    </div>
  );
}
