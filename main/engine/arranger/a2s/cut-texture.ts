import {
  type ArrangedNote,
  type Arrangement,
  type Bar,
  MOST_MODEL_BARS,
  MOST_MODEL_NOTES,
  type TextureScore,
} from '../../../contract/arrangement.ts';
import { SongleafError } from '../../../contract/errors.ts';
import { ticksPerQuarter } from '../../../contract/grid.ts';
import { barIndexAt, barTicks } from '../song-grid.ts';

/** Sixteenths that a note is held at most. */
const LONGEST = 32;
const LONGEST_TITLE = 200;

/**
 * The texture of music, to be followed: its accompaniment on sixteenths, from the first full bar with notes to the last,
 * as many bars as the contract takes. The melody is left out where it is known which notes are its.
 * @throws SongleafError `bad-request` where nothing is left
 */
export function cutTexture(music: Pick<Arrangement, 'song' | 'bars' | 'notes'>): TextureScore {
  const { bars } = music;
  const byBar = bars.map((): ArrangedNote[] => []);
  for (const note of music.notes) {
    if (note.role !== 'melody') byBar[placeNote(note, bars).bar].push(note);
  }
  const isPickup = bars.length > 1 && bars[0].beats < bars[0].metreBeats;
  const firstBar = byBar.findIndex((notes, bar) => notes.length > 0 && (bar > 0 || !isPickup));
  const lastBar = byBar.findLastIndex((notes) => notes.length > 0);
  const starts: number[] = [];
  const notes: TextureScore['notes'] = [];
  let steps = 0;
  for (let bar = firstBar; bar >= 0 && bar <= lastBar; bar++) {
    const own = byBar[bar].map((note): TextureScore['notes'][number] => {
      const length = Math.round(note.duration / stepTicks(bars[bar]));
      return [steps + placeNote(note, bars).step, note.pitch, Math.min(LONGEST, Math.max(1, length))];
    });
    if (starts.length === MOST_MODEL_BARS || notes.length + own.length > MOST_MODEL_NOTES) break;
    starts.push(steps);
    notes.push(...own);
    steps += Math.round(barTicks(bars[bar]) / stepTicks(bars[bar]));
  }
  if (notes.length === 0) {
    throw new SongleafError(
      'bad-request',
      `“${music.song.title}” has no accompaniment whose texture could be followed.`,
      'Choose music with a whole bar of piano.',
    );
  }
  notes.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return { title: music.song.title.slice(0, LONGEST_TITLE), steps, bars: starts, notes };
}

function stepTicks({ unit }: Bar): number {
  return ticksPerQuarter(unit) / 4;
}

/** The bar and the sixteenth in it that a note begins nearest to. */
function placeNote({ start }: ArrangedNote, bars: readonly Bar[]): { bar: number; step: number } {
  const bar = barIndexAt(bars, start);
  const ticks = stepTicks(bars[bar]);
  const step = Math.round((start - bars[bar].start) / ticks);
  if (step * ticks < barTicks(bars[bar])) return { bar, step };
  return bar + 1 < bars.length ? { bar: bar + 1, step: 0 } : { bar, step: step - 1 };
}
