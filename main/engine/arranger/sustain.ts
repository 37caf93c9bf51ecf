import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import { handLimits } from '../score/hands.ts';
import { harmonyAt } from './harmony.ts';
import { groupByStart, type Layer, type LayerNote } from './layers.ts';
import type { Song } from './song.ts';
import { barIndexAt, barTicks } from './song-grid.ts';

/** Layers that begin and end as one. At level easy the left hand plays one line. */
const lines: readonly (readonly Layer[])[] = [['bass'], ['lower'], ['upper']];
const easyLines: readonly (readonly Layer[])[] = [['bass', 'lower'], ['upper']];

/**
 * Gives accompaniment notes their length: each sounds until its layer plays again, its chord ends, or the bar does.
 * At level easy bass and lower are one line. A note struck late in a bar that belongs to the next bar's chord is held into it. At level full a note is held
 * longer where its writer said so.
 * @returns the notes with `end` set, melody unchanged
 */
export function sustainLayers(notes: readonly LayerNote[], song: Song): LayerNote[] {
  const sustained = notes.filter((note) => note.layer === 'melody');
  for (const line of song.settings.level === 'easy' ? easyLines : lines) {
    const groups = groupByStart(notes.filter((note) => line.includes(note.layer)));
    groups.forEach((group, i) => {
      const next = groups[i + 1]?.[0]?.start ?? song.grid.end;
      const limits = group.map((note) => Math.min(next, soundsUntil(note, song)));
      // Notes of one chord end together: the one that fits longest may not outstay the others.
      const end = Math.min(...limits);
      for (const note of group) sustained.push({ ...note, end: holdLonger(note, end, song) });
    });
  }
  return releaseBass(sustained, song);
}

/** As long as its writer would, but not beyond where the melody begins a note at or below it: that is to be on top. */
function holdLonger({ start, pitch, until }: LayerNote, end: number, { settings, melody }: Song): number {
  if (settings.level !== 'full' || until === undefined || until <= end) return end;
  const above = melody.within(start + 1, until).find((note) => note.start > start && note.pitch <= pitch);
  return Math.max(end, Math.min(until, above?.start ?? until));
}

/** Lets go of a bass note where the left hand leaps from it to a note out of reach; the pedal carries it. */
function releaseBass(notes: LayerNote[], song: Song): LayerNote[] {
  const reach = handLimits[song.settings.level].span;
  const lower = notes.filter((note) => note.layer === 'lower').sort((a, b) => a.start - b.start);
  let from = 0;
  for (const bass of notes.filter((note) => note.layer === 'bass').sort((a, b) => a.start - b.start)) {
    while (from < lower.length && lower[from].start <= bass.start) from++;
    for (let i = from; i < lower.length && lower[i].start < bass.end; i++) {
      if (lower[i].pitch - bass.pitch > reach) bass.end = lower[i].start;
    }
  }
  return notes;
}

function soundsUntil(note: LayerNote, song: Song): number {
  const index = barIndexAt(song.grid.bars, note.start);
  const bar = song.grid.bars[index];
  const barEnd = bar.start + barTicks(bar);
  const chord = harmonyAt(song.harmony, note.start);
  const isAnticipation =
    barEnd - note.start < TICKS_PER_BEAT &&
    song.plays[index + 1] === true &&
    belongsTo(note, song, Math.min(barEnd, song.grid.end - 1));
  const limit = isAnticipation ? barEnd + TICKS_PER_BEAT : barEnd;
  // A note that also belongs to the next chord may be held over the change, unless it is the bass.
  const heldOver = note.layer !== 'bass' && chord.end < limit && belongsTo(note, song, chord.end);
  if (isAnticipation || heldOver) {
    const after = harmonyAt(song.harmony, Math.min(chord.end, song.grid.end - 1));
    return Math.max(note.start + 1, Math.min(limit, after.end, song.grid.end));
  }
  return Math.min(limit, chord.end);
}

function belongsTo(note: LayerNote, song: Song, tick: number): boolean {
  const chord = harmonyAt(song.harmony, tick);
  return note.layer === 'bass' ? chord.bass === note.pitch % 12 : chord.tones.includes(note.pitch % 12);
}
