import type { ImportResult } from '../../main/contract/library.ts';
import type { NotificationText, ShellWords, WorkShown } from '../../main/shell/shell-words.ts';

/** What surrounds the page: the app with its menus and the system, or a browser, which has less. */
export interface ShellPort {
  readonly kind: 'app' | 'browser';
  /** Tells what menus and dialogs say, whenever the language changes. */
  tellWords(words: ShellWords): void;
  /** Shows how far the work is outside the page. */
  showWork(work: WorkShown): void;
  /** Says something outside the page. False where that is not possible, or the person looks at the page anyway. */
  notify(text: NotificationText): Promise<boolean>;
  /** Whether the person may be asked for leave to notify; asking is only allowed after a press of theirs. */
  readonly asksLeave: boolean;
  askLeave(): Promise<boolean>;
  /** Songs that were opened with the app, and what became of them. */
  onOpened(listener: (result: Promise<ImportResult>) => void): void;
  /** Asks for a library's folder and opens it; null where the person closed the dialog. Absent where there is none. */
  chooseLibrary?(): Promise<string | null>;
}
