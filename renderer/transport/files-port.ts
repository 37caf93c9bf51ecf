import type { ExportRequest, ExportResult } from '../../main/contract/export.ts';
import type { FoundSongs, ImportResult, Song } from '../../main/contract/library.ts';
import type { TakeFile } from '../../main/shell/take-file.ts';

/** What the window's surroundings do with files: in the app through its dialogs, in a browser by upload and download. */
export interface FilesPort {
  /** Whether files can be shown in the file manager and opened in other programs. */
  readonly reachesSystem: boolean;
  /** Adds what is in a folder. Null where the person closed the dialog. */
  pickFolder(): Promise<ImportResult | null>;
  /** Gives a song its recording again. Null like above. @throws SongleafError also `song-mismatch` */
  locateSong(songId: string): Promise<Song | null>;
  /** Looks for missing recordings in a folder. Null like above. */
  findMoved(): Promise<FoundSongs | null>;
  /** Writes takes. Null like above. */
  exportTakes(request: ExportRequest): Promise<ExportResult | null>;
  cancelExport(exportId: string): void;
  showExport(exportId: string): Promise<void>;
  openTake(take: TakeFile): Promise<void>;
  /** Readies what a drag of this take may ask for. `name` is the file's. */
  prepareDrag(take: TakeFile): void;
  /** Makes a drag that begins carry the take as a file. */
  startDrag(take: TakeFile, name: string, event: DragEvent): void;
}
