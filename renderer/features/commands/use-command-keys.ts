import { useEffect } from 'react';
import { isDialogOpen, isWriting } from '../../parts/key-targets.ts';
import { useLibraryStore } from '../../state/use-library.tsx';
import { useShellStore } from '../../state/use-shell.tsx';
import { useTransport } from '../../state/use-transport.tsx';
import { type Command, commands, matches } from './commands.ts';
import { isMac } from './is-mac.ts';

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
      if (plain && isWriting(event.target)) return;
      if (!isInReach(command)) return;
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
      if (command === undefined || !isInReach(command)) return;
      if (command.isPossible?.(context) ?? true) command.run(context);
    });
  }, [transport, library, shell]);
}

/** A dialog is not left by a key, but the palette may be called from anywhere. */
function isInReach({ id }: Command): boolean {
  return id === 'palette' || !isDialogOpen();
}
