import { groupByStart, type LayerNote } from '../layers.ts';
import { uniform } from '../random.ts';
import type { Song } from '../song.ts';
import { barIndexAt } from '../song-grid.ts';

/** Of the sections, this share is left as heard, and this share gets chords on beats as well as on changes. */
const AS_HEARD = 0.4;
const ON_BEATS = 0.3;
/** Share of sections whose bars begin with an octave in the bass. */
const BASS_OCTAVES = 0.3;
const LOWEST_OCTAVE = 28;
/** Upper notes of one onset up to which chord tones are added. */
const FULL_UPPER = 2;
/** Pattern notes of this weight and more mark a chord change. */
const CHANGE_WEIGHT = 0.8;

/**
 * Fills what was heard with the chords' voicings where an onset is thin, and doubles the bass, section by section as
 * the seed likes: this is where takes of one song part most.
 * @param pattern what the chord model writes for the song
 */
export function enrich(heard: readonly LayerNote[], pattern: readonly LayerNote[], song: Song): LayerNote[] {
  const { seed } = song.settings;
  const voicings = new Map<number, LayerNote[]>();
  for (const note of pattern) {
    if (note.layer !== 'upper') continue;
    const group = voicings.get(note.start) ?? [];
    group.push(note);
    voicings.set(note.start, group);
  }
  const added: LayerNote[] = [];
  const filled = new Set<number>();
  const byStart = new Map(groupByStart(heard).map((group) => [group[0].start, group]));
  for (const note of heard) {
    const bar = barIndexAt(song.grid.bars, note.start);
    const { label } = song.places[bar];
    if (note.layer === 'bass' && note.start === song.grid.bars[bar].start) {
      const octave = note.pitch - 12;
      if (octave >= LOWEST_OCTAVE && uniform(seed, 'bass octaves', label) < BASS_OCTAVES) {
        added.push({ ...note, pitch: octave, weight: note.weight * 0.6 });
      }
    }
    if (filled.has(note.start)) continue;
    filled.add(note.start);
    const taste = uniform(seed, 'filling', label);
    const voicing = voicings.get(note.start);
    if (!voicing || taste < AS_HEARD) continue;
    const isChange = voicing.some(({ weight }) => weight >= CHANGE_WEIGHT);
    if (!isChange && taste < 1 - ON_BEATS) continue;
    const own = byStart.get(note.start)!;
    const upper = own.filter((other) => other.layer === 'upper');
    const room = FULL_UPPER - upper.length;
    const fresh = voicing.filter(
      ({ pitch }) => !own.some((other) => other.pitch % 12 === pitch % 12 && other.layer !== 'bass'),
    );
    added.push(...fresh.slice(0, Math.max(0, room)));
  }
  return [...heard, ...added];
}
