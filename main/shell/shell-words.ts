import * as z from 'zod';

/**
 * What the app's menus and dialogs say. The page tells it in the person's language, so that all texts are in one place;
 * until then the app has no menu of its own.
 */
export const shellWordNames = [
  'file',
  'addSongs',
  'settings',
  'closeWindow',
  'quit',
  'edit',
  'undo',
  'redo',
  'cut',
  'copy',
  'paste',
  'selectAll',
  'view',
  'score',
  'takes',
  'compare',
  'song',
  'queue',
  'palette',
  'resetZoom',
  'zoomIn',
  'zoomOut',
  'fullScreen',
  'window',
  'minimize',
  'help',
  'shortcuts',
  'changes',
  'about',
  'dialogAdd',
  'dialogAddButton',
  'audioFiles',
  'allFiles',
  'dialogExport',
  'dialogLibrary',
  'dialogLibraryButton',
  'quitTitle',
  'quitText',
  'quitStay',
  'quitNow',
  'quitDontAsk',
  'crashTitle',
  'crashText',
  'crashReload',
  'copyReport',
  'reportCopied',
] as const;
export type ShellWordName = (typeof shellWordNames)[number];
export type ShellWords = Readonly<Record<ShellWordName, string>>;

const word = z.string().min(1).max(300);
export const shellWordsSchema: z.ZodType<ShellWords> = z.strictObject(
  Object.fromEntries(shellWordNames.map((name) => [name, word])) as Record<ShellWordName, typeof word>,
);

/** A message of the system's: a page can write anything into one, so that it is short and plain. */
export const notificationSchema = z.strictObject({
  title: z.string().min(1).max(120),
  body: z.string().max(300),
});
export type NotificationText = z.infer<typeof notificationSchema>;

/** How far all work is, 0 to 1; null where there is none. */
export const workShownSchema = z.strictObject({
  fraction: z.number().min(0).max(1).nullable(),
  paused: z.boolean(),
});
export type WorkShown = z.infer<typeof workShownSchema>;
