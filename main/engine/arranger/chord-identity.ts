import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import { tonesByImportance } from './harmony.ts';
import type { LayerNote } from './layers.ts';
import type { Song } from './song.ts';

/** A naming tone is clear from E♭3 to D4; under a low melody it may lie as low as E2. */
const LOW = 51;
const LOWEST = 40;

/**
 * Puts in the tone that names a chord (its third, or what stands for it) where nothing in the chord's span has it: in
 * place of the span's first single left-hand note, or else on its second beat, so that the bass is heard first.
 * Chords shorter than two beats pass by unnamed rather than crowded.
 */
export function nameChords(notes: readonly LayerNote[], song: Song): LayerNote[] {
  const sorted = notes.toSorted((a, b) => a.start - b.start);
  const replaced = new Set<LayerNote>();
  const added: LayerNote[] = [];
  let from = 0;
  for (const span of song.harmony) {
    while (from < sorted.length && sorted[from].start < span.start) from++;
    if (!span.heard || span.end - span.start < 2 * TICKS_PER_BEAT) continue;
    const own: LayerNote[] = [];
    for (let i = from; i < sorted.length && sorted[i].start < span.end; i++) own.push(sorted[i]);
    const tone = tonesByImportance(span)[0];
    if (own.some((note) => note.pitch % 12 === tone) || !own.some((note) => note.layer === 'bass')) continue;
    const place = own.find((note) => isAlone(note, own));
    const start = place?.start ?? (Math.floor(span.start / TICKS_PER_BEAT) + 1) * TICKS_PER_BEAT;
    const pitch = namingPitch(tone, start, song);
    if (start >= span.end || pitch === null) continue;
    if (place) replaced.add(place);
    added.push({ layer: 'lower', start, end: start, pitch, weight: 0.6 });
  }
  return [...notes.filter((note) => !replaced.has(note)), ...added];
}

/** Whether a note is the left hand's only one at its onset, and no bass. */
function isAlone(note: LayerNote, own: readonly LayerNote[]): boolean {
  if (note.layer !== 'lower') return false;
  return !own.some(
    (other) =>
      other !== note && other.start === note.start && (other.layer === 'lower' || other.layer === 'bass'),
  );
}

function namingPitch(tone: number, start: number, song: Song): number | null {
  const pitch = LOW + ((tone - (LOW % 12) + 12) % 12);
  const melody = song.melody.range(start, start + TICKS_PER_BEAT);
  const under = melody && pitch >= melody.low ? pitch - 12 : pitch;
  return under >= LOWEST ? under : null;
}
