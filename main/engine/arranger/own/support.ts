import { accompany } from '../chords/accompaniment.ts';
import { BassLine } from '../chords/positions.ts';
import { harmonyAt } from '../harmony.ts';
import type { LayerNote } from '../layers.ts';
import type { Song } from '../song.ts';
import { barIndexAt } from '../song-grid.ts';

/** A bar with fewer onsets than this a beat is too thin to stand: chords and groove write it. */
const LEAST_ONSETS_PER_BEAT = 0.25;
/** A bass this soon, an eighth, is at the bar's start. */
const LATE_TICKS = 24;
/** Where the written bass begins to look, and its weight. */
const MIDDLE = 38;
const WRITTEN_WEIGHT = 0.6;

/** Lets no bar be empty or without bass while the band plays. */
export function supportBars(notes: readonly LayerNote[], song: Song): LayerNote[] {
  const { bars } = song.grid;
  const onsets = bars.map(() => new Set<number>());
  for (const note of notes) onsets[barIndexAt(bars, note.start)].add(note.start);
  const isThin = bars.map((bar, i) => song.plays[i] && onsets[i].size < bar.beats * LEAST_ONSETS_PER_BEAT);
  const isIn = (note: LayerNote) => isThin[barIndexAt(bars, note.start)];
  const pattern = isThin.includes(true) ? accompany(song).filter(isIn) : [];
  return addBass([...notes.filter((note) => !isIn(note)), ...pattern], song);
}

/** The chord's bass where a bar has no left hand; at level easy, which keeps beats only, where none begins it. */
function addBass(notes: readonly LayerNote[], song: Song): LayerNote[] {
  const { bars } = song.grid;
  const late = song.settings.level === 'easy' ? LATE_TICKS : Number.POSITIVE_INFINITY;
  const supported = bars.map(() => false);
  let last = MIDDLE;
  for (const note of notes) {
    if (note.layer !== 'bass' && !(note.layer === 'lower' && late > LATE_TICKS)) continue;
    const bar = barIndexAt(bars, note.start);
    if (note.start - bars[bar].start < late) supported[bar] = true;
  }
  const line = new BassLine();
  const added = bars.flatMap((bar, index): LayerNote[] => {
    if (supported[index] || !song.plays[index]) return [];
    last = line.over(harmonyAt(song.harmony, bar.start), last);
    return [{ layer: 'bass', start: bar.start, end: bar.start, pitch: last, weight: WRITTEN_WEIGHT }];
  });
  return [...notes, ...added];
}
