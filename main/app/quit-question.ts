import { type BrowserWindow, dialog } from 'electron';
import { settingsSchema } from '../contract/settings.ts';
import type { RelayedEngine } from '../shell/dispatch.ts';
import type { ShellWords } from '../shell/shell-words.ts';
import type { CheckedEvent } from '../shell/wire.ts';

/** Which jobs run, as the engine tells. */
export class RunningJobs {
  readonly #ids = new Set<string>();

  hear({ event, payload }: CheckedEvent): void {
    if (event === 'engine.restarted') this.#ids.clear();
    if (event !== 'job.changed' || !('state' in payload)) return;
    if (payload.state === 'running') this.#ids.add(payload.id);
    else this.#ids.delete(payload.id);
  }

  get any(): boolean {
    return this.#ids.size > 0;
  }
}

/** Milliseconds that a busy engine has to tell whether a person wants to be asked; after that, nobody is. */
const PATIENCE = 2_000;

/** Asks before work is broken off, unless the person wants no such question. @returns true to quit */
export async function mayQuit(
  engine: RelayedEngine,
  window: BrowserWindow | undefined,
  words: ShellWords | null,
): Promise<boolean> {
  if (words === null || window === undefined) return true;
  const stored = await Promise.race([
    engine.call('settings.get', {}).catch(() => null),
    new Promise((resolve) => setTimeout(resolve, PATIENCE, null)),
  ]);
  const settings = settingsSchema.safeParse(stored);
  if (!settings.success || !settings.data.askBeforeQuit) return true;
  const { response, checkboxChecked } = await dialog.showMessageBox(window, {
    type: 'question',
    message: words.quitTitle,
    detail: words.quitText,
    buttons: [words.quitNow, words.quitStay],
    defaultId: 0,
    cancelId: 1,
    checkboxLabel: words.quitDontAsk,
  });
  if (response !== 0) return false;
  if (checkboxChecked) {
    await engine.call('settings.set', { ...settings.data, askBeforeQuit: false }).catch(() => null);
  }
  return true;
}
