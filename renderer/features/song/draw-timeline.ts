import { drawWave } from './draw-wave.ts';
import { boxOf, fontSize, mark, outline, roundBox, type Scene, UNSURE, writeIn } from './timeline-boxes.ts';
import { pitchY, type Row } from './timeline-lanes.ts';
import { type Item, indexAt, type Lane } from './timeline-model.ts';

/** Beats narrower than this, in pixels, are not drawn one by one. */
const LEAST_BEAT = 7;
/** Pixels that a note is high at most. */
const MOST_NOTE = 16;

/** Paints the timeline. */
export function drawTimeline(context: CanvasRenderingContext2D, scene: Scene): void {
  const { rows, width, height, palette, view, model } = scene;
  context.clearRect(0, 0, width, height);
  const x = (seconds: number) => (seconds - view.from) * view.scale;
  fillRow(context, rows.wave, width, palette.groove);
  fillRow(context, rows.note, width, palette.groove);
  drawRoll(context, scene);
  if (scene.wave) drawWave(context, scene.wave, rows.wave, view, width, palette);
  drawGrid(context, scene, x);
  drawSections(context, scene, x);
  drawBeats(context, scene, x);
  drawChords(context, scene, x);
  drawKeys(context, scene, x);
  drawNotes(context, scene, x);
  const ends = x(model.duration);
  if (ends < width) {
    context.fillStyle = palette.rule;
    context.fillRect(ends, 0, 1, height);
  }
  if (scene.playhead !== null) {
    context.fillStyle = palette.leaf;
    context.fillRect(Math.round(x(scene.playhead)) - 1, 0, 2, height);
  }
}

function fillRow(context: CanvasRenderingContext2D, row: Row, width: number, colour: string): void {
  context.fillStyle = colour;
  context.fillRect(0, row.top, width, row.height);
}

/** Items of a lane that are in sight, with the dragged one in the place that it is dragged to. */
function inSight({ model, view, width, dragged }: Scene, lane: Lane): Item[] {
  const items = model.items[lane];
  const right = view.from + width / view.scale;
  const first = Math.max(0, indexAt(items, view.from) - 1);
  const seen: Item[] = [];
  for (let i = first; i < items.length && items[i].from <= right; i++) seen.push(items[i]);
  if (dragged?.lane !== lane) return seen;
  // What borders on it gives way.
  return seen.map((item) => {
    if (item.index === dragged.index) return dragged;
    const borders = lane !== 'note' && item.index === dragged.index - 1;
    return borders ? { ...item, to: dragged.from } : item;
  });
}

/** Black keys as darker rows, so that pitches can be told. */
function drawRoll(context: CanvasRenderingContext2D, { rows, model, width, palette }: Scene): void {
  const { lowestPitch, highestPitch } = model;
  const step = rows.note.height / (highestPitch - lowestPitch + 1);
  context.fillStyle = palette.rule;
  for (let pitch = lowestPitch; pitch <= highestPitch; pitch++) {
    const y = pitchY(rows.note, pitch, lowestPitch, highestPitch) + step / 2;
    if (pitch % 12 === 0 || pitch % 12 === 5) context.fillRect(0, Math.round(y), width, 1);
    if (![1, 3, 6, 8, 10].includes(pitch % 12)) continue;
    context.globalAlpha = 0.35;
    context.fillRect(0, y - step, width, step);
    context.globalAlpha = 1;
  }
}

function drawGrid(context: CanvasRenderingContext2D, scene: Scene, x: (seconds: number) => number): void {
  const { model, view, rows, height, palette, width } = scene;
  const beats = inSight(scene, 'beat');
  const isWide = beats.length > 1 && (beats[1].to - beats[1].from) * view.scale >= LEAST_BEAT;
  context.fillStyle = palette.rule;
  for (const beat of beats) {
    const isDown = beat.label === '1';
    if (!isDown && !isWide) continue;
    context.globalAlpha = isDown ? 1 : 0.55;
    const top = isDown ? rows.ruler.top + 8 : rows.wave.top;
    context.fillRect(Math.round(x(beat.from)), top, 1, height - top);
  }
  context.globalAlpha = 1;
  context.fillStyle = palette.soft;
  context.font = `${fontSize(rows.ruler, 0.5)}px ${palette.sans}`;
  context.textBaseline = 'middle';
  // Bar numbers, as many as have room.
  let free = -Infinity;
  const first = Math.max(
    0,
    indexAt(
      model.bars.map(({ time }) => ({ from: time })),
      view.from,
    ),
  );
  for (const bar of model.bars.slice(first)) {
    const at = x(bar.time);
    if (at > width) break;
    if (at < free) continue;
    context.fillText(String(bar.number), at + 4, rows.ruler.top + rows.ruler.height / 2);
    free = at + 34;
  }
}

function drawSections(context: CanvasRenderingContext2D, scene: Scene, x: (s: number) => number): void {
  const { palette, rows, model } = scene;
  const names = [...new Set(model.items.section.map(({ label }) => label))];
  for (const item of inSight(scene, 'section')) {
    const box = boxOf(item, rows.section, x, 1);
    context.fillStyle = palette.tints[names.indexOf(item.label) % palette.tints.length];
    roundBox(context, box, 3);
    context.fill();
    outline(context, scene, item);
    writeIn(context, item.label, box, `500 ${fontSize(rows.section, 0.5)}px ${palette.sans}`, palette.ink);
    mark(context, scene, item, box);
  }
}

function drawBeats(context: CanvasRenderingContext2D, scene: Scene, x: (s: number) => number): void {
  const { palette, rows, view, selected, dragged } = scene;
  const beats = inSight(scene, 'beat');
  const isWide = beats.length > 1 && (beats[1].to - beats[1].from) * view.scale >= LEAST_BEAT;
  const y = rows.beat.top + rows.beat.height / 2;
  for (const beat of beats) {
    const isDown = beat.label === '1';
    if (!isDown && !isWide) continue;
    const isChosen = selected?.lane === 'beat' && selected.index === beat.index;
    context.fillStyle = beat.byHand || beat === dragged ? palette.leaf : isDown ? palette.ink : palette.soft;
    context.globalAlpha = 0.35 + 0.65 * Math.min(1, beat.confidence * 1.4);
    context.beginPath();
    context.arc(x(beat.from), y, isDown ? 5 : 3, 0, 2 * Math.PI);
    context.fill();
    context.globalAlpha = 1;
    if (!isChosen) continue;
    context.strokeStyle = palette.leaf;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(x(beat.from), y, 8, 0, 2 * Math.PI);
    context.stroke();
  }
}

function drawChords(context: CanvasRenderingContext2D, scene: Scene, x: (s: number) => number): void {
  const { palette, rows } = scene;
  for (const item of inSight(scene, 'chord')) {
    const box = boxOf(item, rows.chord, x, 1);
    context.fillStyle = palette.raised;
    roundBox(context, box, 3);
    context.fill();
    outline(context, scene, item);
    const isSure = item.confidence >= UNSURE;
    writeIn(
      context,
      item.label,
      box,
      `${fontSize(rows.chord, 0.48)}px ${palette.serif}`,
      isSure ? palette.ink : palette.soft,
    );
    mark(context, scene, item, box);
  }
}

function drawKeys(context: CanvasRenderingContext2D, scene: Scene, x: (s: number) => number): void {
  const { palette, rows, keyName } = scene;
  for (const item of inSight(scene, 'key')) {
    const box = boxOf(item, rows.key, x, 1);
    context.fillStyle = palette.chosen;
    roundBox(context, box, 3);
    context.fill();
    outline(context, scene, item);
    writeIn(context, keyName(item), box, `italic ${fontSize(rows.key, 0.5)}px ${palette.serif}`, palette.ink);
    mark(context, scene, item, box);
  }
}

function drawNotes(context: CanvasRenderingContext2D, scene: Scene, x: (s: number) => number): void {
  const { model, palette, rows } = scene;
  const { lowestPitch, highestPitch, analysis } = model;
  const step = rows.note.height / (highestPitch - lowestPitch + 1);
  for (const note of inSight(scene, 'note')) {
    const pitch = note.pitch ?? analysis.melody[note.index].pitch;
    const y = pitchY(rows.note, pitch, lowestPitch, highestPitch);
    const size = Math.min(MOST_NOTE, Math.max(4, step - 1));
    const box = {
      left: x(note.from),
      top: y - size / 2,
      width: Math.max(3, (note.to - note.from) * scene.view.scale - 1),
      height: size,
    };
    context.fillStyle = note.byHand || note === scene.dragged ? palette.leaf : palette.ink;
    context.globalAlpha = 0.3 + 0.7 * Math.min(1, note.confidence * 1.2);
    roundBox(context, box, 2);
    context.fill();
    context.globalAlpha = 1;
    if (analysis.melody[note.index].source === 'played' && !note.byHand) {
      // What an instrument leads is drawn hollow.
      context.fillStyle = palette.groove;
      roundBox(
        context,
        { ...box, left: box.left + 1.5, top: box.top + 1.5, width: box.width - 3, height: size - 3 },
        1,
      );
      if (box.width > 5 && size > 5) context.fill();
    }
    if (scene.selected?.lane !== 'note' || scene.selected.index !== note.index) continue;
    context.strokeStyle = palette.leaf;
    context.lineWidth = 2;
    roundBox(
      context,
      { ...box, left: box.left - 2, top: box.top - 2, width: box.width + 4, height: size + 4 },
      4,
    );
    context.stroke();
  }
}
