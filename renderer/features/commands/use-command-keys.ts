import { useEffect } from 'react';
import { useLibraryStore } from '../../state/use-library.tsx';
import { useShellStore } from '../../state/use-shell.tsx';
import { useTransport } from '../../state/use-transport.tsx';
import { commands, matches } from './commands.ts';
import { isMac } from './is-mac.ts';

/** Where a plain key is a letter of a text. */
const typing = 'input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]';

/** Runs commands by their keys and by the app's menu. */
export function useCommandKeys(): void {
  const library = useLibraryStore();
  const shell = useShellStore();
  const transport = useTransport();
  useEffect(() => {
    const context = () => ({ library: library.getState(), shell: shell.getState() });
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const command = commands.find(
        ({ shortcut }) => shortcut !== undefined && matches(shortcut, event, isMac),
      );
      if (command === undefined) return;
      const plain = !command.shortcut!.startsWith('mod+');
      if (plain && event.target instanceof Element && event.target.matches(typing)) return;
      // A dialog keeps its keys, but the palette may be called from anywhere.
      const isOver = document.querySelector('[role=dialog], [role=alertdialog]') !== null;
      if (isOver && command.id !== 'palette') return;
      event.preventDefault();
      if (command.isPossible?.(context()) ?? true) command.run(context());
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [library, shell]);
  useEffect(() => {
    transport.onMenu((name) => {
      const context = { library: library.getState(), shell: shell.getState() };
      const command = commands.find(({ id }) => id === name);
      if (command?.isPossible?.(context) ?? true) command?.run(context);
    });
  }, [transport, library, shell]);
}
