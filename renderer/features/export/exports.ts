import { createStore, type StoreApi } from 'zustand/vanilla';
import { type AudioMix, audioMixSchema } from '../../../main/contract/audio.ts';
import { type ErrorReport, toErrorReport } from '../../../main/contract/errors.ts';
import {
  DEFAULT_NAMES,
  type ExportProgress,
  type ExportResult,
  type ExportTake,
  type TakeFormat,
  type TakeSelection,
  takeFormatSchema,
} from '../../../main/contract/export.ts';
import { nameExports } from '../../../main/contract/export-names.ts';
import type { ScoreOptions } from '../../../main/contract/score-options.ts';
import type { Transport } from '../../transport/transport.ts';

/** What a person chose last: it is offered again. */
export interface ExportChoice {
  formats: readonly TakeFormat[];
  mix: AudioMix;
  names: string;
}

/** An export that is under way, is over, or could not be begun. */
export type ExportEntry =
  | { kind: 'running'; id: string; progress: ExportProgress | null }
  | { kind: 'over'; id: string; result: ExportResult }
  | { kind: 'refused'; id: string; error: ErrorReport };

export interface ExportsState {
  entries: readonly ExportEntry[];
  choice: ExportChoice;
  /** What the dialog is asked for; null where it is closed. */
  asked: TakeSelection | null;
  /** Whether files can be shown in the file manager and opened in other programs. */
  reachesSystem: boolean;
  /** Opens the dialog. */
  ask: (selection: TakeSelection) => void;
  close: () => void;
  /** @throws SongleafError */
  readTakes: (selection: TakeSelection) => Promise<readonly ExportTake[]>;
  /** Writes takes, each in its song's key; nothing is thrown, all is told of in `entries`. */
  write: (takeIds: readonly string[], choice: ExportChoice) => Promise<void>;
  /** Writes one take in one format under the names that were chosen last. */
  writeOne: (takeId: string, format: TakeFormat, mix: AudioMix, options: ScoreOptions) => Promise<void>;
  cancel: (id: string) => void;
  dismiss: (id: string) => void;
  show: (id: string) => Promise<void>;
  /** Opens a take in the notation program that the system has for it. */
  open: (takeId: string, options: ScoreOptions) => Promise<void>;
  /** Readies a take for being dragged out of the window. */
  prepareDrag: (takeId: string, options: ScoreOptions) => void;
  startDrag: (takeId: string, options: ScoreOptions, event: DragEvent) => void;
}
export type Exports = StoreApi<ExportsState>;

const STORED = 'songleaf.export';
const firstChoice: ExportChoice = { formats: ['musicxml'], mix: 'piano', names: DEFAULT_NAMES };

/** Everything about exports that the window knows. */
export function createExports(transport: Transport, storage: Pick<Storage, 'getItem' | 'setItem'>): Exports {
  /** Names of the files that takes would become, for drags, which cannot wait. */
  const dragNames = new Map<string, string>();

  const exports = createStore<ExportsState>()((set, get) => {
    const put = (entry: ExportEntry) =>
      set({ entries: [...get().entries.filter(({ id }) => id !== entry.id), entry] });
    const drop = (id: string) => set({ entries: get().entries.filter((entry) => entry.id !== id) });

    async function attempt(work: () => Promise<void>): Promise<void> {
      try {
        await work();
      } catch (error) {
        put({ kind: 'refused', id: crypto.randomUUID(), error: toErrorReport(error) });
      }
    }

    const fileOf = (takeId: string, options: ScoreOptions) => ({
      takeId,
      names: get().choice.names,
      options,
    });

    return {
      entries: [],
      choice: readChoice(storage),
      asked: null,
      reachesSystem: transport.files.reachesSystem,
      ask: (asked) => set({ asked }),
      close: () => set({ asked: null }),
      readTakes: (selection) => transport.call('takes.select', selection),

      async write(takeIds, choice) {
        set({ choice, asked: null });
        storeChoice(storage, choice);
        await writeFiles([...takeIds], choice);
      },
      writeOne: (takeId, format, mix, options) =>
        writeFiles([takeId], { formats: [format], mix, names: get().choice.names }, options),
      cancel: (id) => transport.files.cancelExport(id),
      dismiss: drop,
      show: (id) => attempt(() => transport.files.showExport(id)),
      open: (takeId, options) => attempt(() => transport.files.openTake(fileOf(takeId, options))),

      prepareDrag(takeId, options) {
        const { names } = get().choice;
        transport.files.prepareDrag(fileOf(takeId, options));
        void transport
          .call('takes.select', { of: 'takes', takeIds: [takeId] })
          .then((takes) => {
            const [file] = nameExports(takes, ['musicxml'], names, 'piano');
            if (file) dragNames.set(takeId, file.name);
          })
          // The drag goes on under a plainer name.
          .catch(() => undefined);
      },
      startDrag: (takeId, options, event) =>
        transport.files.startDrag(fileOf(takeId, options), dragNames.get(takeId) ?? 'take.musicxml', event),
    };

    async function writeFiles(
      takeIds: string[],
      choice: ExportChoice,
      options?: ScoreOptions,
    ): Promise<void> {
      const id = crypto.randomUUID();
      put({ kind: 'running', id, progress: null });
      try {
        const { formats, mix, names } = choice;
        const result = await transport.files.exportTakes({
          id,
          takeIds,
          formats: [...formats],
          mix,
          names,
          ...(options ? { options } : {}),
        });
        if (result === null) drop(id);
        else put({ kind: 'over', id, result });
      } catch (error) {
        put({ kind: 'refused', id, error: toErrorReport(error) });
      }
    }
  });

  transport.onEvent(({ event, payload }) => {
    if (event !== 'export.progress') return;
    const progress = payload as ExportProgress;
    const { entries } = exports.getState();
    exports.setState({
      entries: entries.map((entry) =>
        entry.kind === 'running' && entry.id === progress.id ? { ...entry, progress } : entry,
      ),
    });
  });
  return exports;
}

/** What was chosen before, where it can still be read. */
function readChoice(storage: Pick<Storage, 'getItem'>): ExportChoice {
  try {
    const stored = JSON.parse(storage.getItem(STORED) ?? '{}') as Record<string, unknown>;
    const formats = takeFormatSchema.array().min(1).safeParse(stored.formats);
    const mix = audioMixSchema.safeParse(stored.mix);
    const { names } = stored;
    return {
      formats: formats.success ? formats.data : firstChoice.formats,
      mix: mix.success ? mix.data : firstChoice.mix,
      names: typeof names === 'string' && names.trim() !== '' ? names : firstChoice.names,
    };
  } catch {
    return firstChoice;
  }
}

function storeChoice(storage: Pick<Storage, 'setItem'>, choice: ExportChoice): void {
  try {
    storage.setItem(STORED, JSON.stringify(choice));
  } catch {
    // Where nothing can be stored the next session begins as the first did.
  }
}
