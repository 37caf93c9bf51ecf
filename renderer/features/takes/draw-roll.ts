import type { ShownNote, TakeMusic } from '../../../main/contract/takes.ts';

export interface RollInk {
  paper: string;
  line: string;
  right: string;
  left: string;
  melody: string;
}

/** Semitones of empty paper above and below. */
const MARGIN = 2;
/** Semitones that are shown at least, so that a few notes do not fill the whole height. */
const LEAST = 24;
/** Bars between two lines. */
const LINE_BARS = 4;

/** Draws a take as small as it is: time to the right, pitch upwards. */
export function drawRoll(
  context: CanvasRenderingContext2D,
  { notes, bars, end }: Pick<TakeMusic, 'notes' | 'bars' | 'end'>,
  size: { width: number; height: number },
  ink: RollInk,
): void {
  context.fillStyle = ink.paper;
  context.fillRect(0, 0, size.width, size.height);
  const x = (tick: number) => (tick / end) * size.width;
  context.fillStyle = ink.line;
  for (let bar = LINE_BARS; bar < bars.length; bar += LINE_BARS) {
    context.fillRect(Math.round(x(bars[bar]!.start)), 0, 1, size.height);
  }
  if (notes.length === 0) return;
  const pitches = notes.map(({ pitch }) => pitch);
  const middle = (Math.min(...pitches) + Math.max(...pitches)) / 2;
  const range = Math.max(LEAST, Math.max(...pitches) - Math.min(...pitches)) + 2 * MARGIN;
  const step = size.height / range;
  const thick = Math.max(1.5, Math.min(4, step * 0.9));
  for (const note of notes) {
    context.fillStyle = colourOf(note, ink);
    const y = size.height / 2 - (note.pitch - middle) * step - thick / 2;
    context.fillRect(x(note.start), y, Math.max(1.2, x(note.duration) - 0.6), thick);
  }
}

function colourOf({ role, hand }: ShownNote, ink: RollInk): string {
  if (role === 'melody') return ink.melody;
  return hand === 'left' ? ink.left : ink.right;
}
