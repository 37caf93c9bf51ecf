import { AboutDialog } from '../about/about.tsx';
import { ChangesDialog } from '../about/changes.tsx';
import { CheatSheet } from '../commands/cheat-sheet.tsx';
import { Palette } from '../commands/palette.tsx';
import { useCommandKeys } from '../commands/use-command-keys.ts';
import { useWorkWatch } from '../queue/use-work-watch.ts';
import { SettingsDialog } from '../settings/settings-dialog.tsx';
import { useStrayErrors } from './use-stray-errors.ts';

/** What lies over every view: dialogs, commands by key, and the eye on the work. */
export function ShellLayer() {
  useCommandKeys();
  useWorkWatch();
  useStrayErrors();
  return (
    <>
      <Palette />
      <CheatSheet />
      <SettingsDialog />
      <AboutDialog />
      <ChangesDialog />
    </>
  );
}
