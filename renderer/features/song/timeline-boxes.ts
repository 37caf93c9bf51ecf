import type { Palette } from './palette.ts';
import type { Row, Rows } from './timeline-lanes.ts';
import type { Item, TimelineModel } from './timeline-model.ts';
import type { TimelineView } from './timeline-view.ts';

/** Below this confidence a place is marked as uncertain. */
export const UNSURE = 0.5;
/** All that the timeline shows. */
export interface Scene {
  model: TimelineModel;
  wave: Uint8Array | null;
  view: TimelineView;
  rows: Rows;
  width: number;
  height: number;
  selected: Item | null;
  /** An item as it would be after the drag that is under way. */
  dragged: Item | null;
  /** Seconds; null where nothing plays. */
  playhead: number | null;
  /** Names that stand beside the rows, and modes of keys, in the window's language. */
  keyName: (item: Item) => string;
  palette: Palette;
}

/** Text that fills a share of a row's height. */
export function fontSize(row: Row, share: number): number {
  return Math.round(row.height * share);
}

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export function boxOf(item: Item, row: Row, x: (seconds: number) => number, gap: number): Box {
  const left = x(item.from) + gap / 2;
  return { left, top: row.top + 2, width: Math.max(2, x(item.to) - left - gap), height: row.height - 4 };
}

export function roundBox(
  context: CanvasRenderingContext2D,
  { left, top, width, height }: Box,
  radius: number,
): void {
  context.beginPath();
  context.roundRect(left, top, Math.max(0, width), Math.max(0, height), radius);
}

/** Draws the outline of the box that was filled last. */
export function outline(context: CanvasRenderingContext2D, scene: Scene, item: Item): void {
  const isChosen = scene.selected?.lane === item.lane && scene.selected.index === item.index;
  context.strokeStyle = isChosen || item === scene.dragged ? scene.palette.leaf : scene.palette.rule;
  context.lineWidth = isChosen ? 2 : 1;
  context.stroke();
}

/** Writes a label at the left of what is in sight of a box, cut off at its end. */
export function writeIn(
  context: CanvasRenderingContext2D,
  text: string,
  box: Box,
  font: string,
  colour: string,
): void {
  const left = Math.max(box.left, 0) + 6;
  const room = box.left + box.width - left - 2;
  if (room < 6) return;
  context.save();
  context.beginPath();
  context.rect(left, box.top, room, box.height);
  context.clip();
  context.font = font;
  context.fillStyle = colour;
  context.textBaseline = 'middle';
  context.fillText(text, left, box.top + box.height / 2 + 0.5);
  context.restore();
}

/** A dotted line under what is uncertain, a leaf-green one under what a person set. */
export function mark(context: CanvasRenderingContext2D, { palette }: Scene, item: Item, box: Box): void {
  const y = box.top + box.height - 1.5;
  if (!item.byHand && item.confidence >= UNSURE) return;
  context.save();
  context.strokeStyle = item.byHand ? palette.leaf : palette.warn;
  context.lineWidth = 1.5;
  if (!item.byHand) context.setLineDash([2, 3]);
  context.beginPath();
  context.moveTo(box.left + 5, y);
  context.lineTo(box.left + Math.max(6, box.width - 5), y);
  context.stroke();
  context.restore();
}
