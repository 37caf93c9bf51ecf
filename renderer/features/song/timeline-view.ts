/** What of a recording is in sight. */
export interface TimelineView {
  /** Seconds at the left edge. */
  from: number;
  /** CSS pixels a second. */
  scale: number;
}

/** A beat at 200 a minute is then as wide as a hand's breadth of the screen. */
const LARGEST_SCALE = 800;
/** How much wider everything becomes at a key or a press. */
export const ZOOM_STEP = 1.5;
/** At first a bar is wide enough to read its chords. */
const FIRST_SCALE = 60;

export function fitScale(width: number, duration: number): number {
  return width / Math.max(1, duration);
}

/** All of the recording. */
export function wholeView(width: number, duration: number): TimelineView {
  return { from: 0, scale: fitScale(width, duration) };
}

export function firstView(width: number, duration: number): TimelineView {
  return clampView({ from: 0, scale: FIRST_SCALE }, width, duration);
}

/** Keeps the recording in sight. */
export function clampView({ from, scale }: TimelineView, width: number, duration: number): TimelineView {
  const kept = Math.min(LARGEST_SCALE, Math.max(fitScale(width, duration), scale));
  const last = Math.max(0, duration - width / kept);
  return { from: Math.min(last, Math.max(0, from)), scale: kept };
}

/** Makes everything `factor` times as wide; what lies at `x` stays there. */
export function zoomAt(
  view: TimelineView,
  factor: number,
  x: number,
  width: number,
  duration: number,
): TimelineView {
  const time = view.from + x / view.scale;
  const { scale } = clampView({ from: 0, scale: view.scale * factor }, width, duration);
  return clampView({ from: time - x / scale, scale }, width, duration);
}

/** Moves the view just so far that a stretch is in sight, with some room around it. */
export function showSpan(
  view: TimelineView,
  span: { from: number; to: number },
  width: number,
  duration: number,
): TimelineView {
  const room = Math.min(80, width / 6) / view.scale;
  const right = view.from + width / view.scale;
  const to = Math.min(span.to, span.from + width / view.scale / 2);
  if (span.from - room < view.from) return clampView({ ...view, from: span.from - room }, width, duration);
  if (to + room > right) {
    return clampView({ ...view, from: to + room - width / view.scale }, width, duration);
  }
  return view;
}

/**
 * Follows the music: the page is turned when it comes to its end, and when it jumps back out of sight, as in a loop.
 *
 * @param before seconds where it was a moment ago
 * @returns null where the view holds
 */
export function followMusic(
  view: TimelineView,
  before: number | null,
  now: number,
  width: number,
  duration: number,
): TimelineView | null {
  const isAhead = (now - view.from) * view.scale > width;
  const jumpedBack = before !== null && now < before && now < view.from;
  return isAhead || jumpedBack ? clampView({ ...view, from: now }, width, duration) : null;
}
