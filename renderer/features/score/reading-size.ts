/** Pixels of the root's type on the screens that everything is drawn for. */
const USUAL = 16;

/** How much larger than usual the window is written (`base.css` says when): music is engraved so much larger as well. */
export function readingSize(): number {
  const size = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return Number.isFinite(size) && size > 0 ? size / USUAL : 1;
}
