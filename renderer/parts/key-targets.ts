/** Where keys write text, or choose by letters. */
const writing =
  'input:not([type=range], [type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable]';

/** Whether a key pressed here is a letter of a text. */
export function isWriting(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches(writing);
}

/** Whether a dialog lies over the window: it keeps its keys. */
export function isDialogOpen(): boolean {
  return document.querySelector('[role=dialog], [role=alertdialog]') !== null;
}
