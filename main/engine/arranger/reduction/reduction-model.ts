import type { ArrangerModel } from '../arranger.ts';
import { accompany } from '../chords/accompaniment.ts';
import { finishLayers } from '../finish.ts';
import type { LayerNote } from '../layers.ts';
import { layOutSong, type Song } from '../song.ts';
import { barIndexAt } from '../song-grid.ts';
import { findBass } from './bass-line.ts';
import { weighCandidates } from './candidates.ts';
import { detectNotes } from './detect.ts';
import { enrich } from './enrich.ts';
import { chooseInner } from './inner-voices.ts';
import { quantiseNotes } from './quantise.ts';

/** A bar with fewer heard inner onsets than this a beat is too thin to stand. */
const LEAST_ONSETS_PER_BEAT = 0.75;

/** The recording's own notes on the beat grid, thinned to two hands; chords and groove where little was heard. */
export const reductionModel: ArrangerModel = {
  name: 'reduction',
  arrange(analysis, evidence, settings) {
    const song = layOutSong(analysis, evidence, settings);
    const candidates = weighCandidates(quantiseNotes(detectNotes(evidence), song), song);
    const bass = findBass(candidates, song);
    const rest = candidates.filter((candidate) => !bass.used.has(candidate));
    const inner = chooseInner(rest, bass.notes, song);
    const pattern = accompany(song);
    const heard = bass.notes.filter((note) => song.plays[barIndexAt(song.grid.bars, note.start)]);
    return finishLayers(enrich(fillThinBars(heard, inner, pattern, song), pattern, song), song);
  },
};

/** Puts the chord model's inner voices where the recording's were too few to carry a bar; the bass stays. */
function fillThinBars(
  bass: readonly LayerNote[],
  inner: readonly LayerNote[],
  pattern: readonly LayerNote[],
  song: Song,
): LayerNote[] {
  const { bars } = song.grid;
  const onsets = bars.map(() => new Set<number>());
  for (const note of inner) onsets[barIndexAt(bars, note.start)].add(note.start);
  const isThin = bars.map((bar, i) => onsets[i].size < bar.beats * LEAST_ONSETS_PER_BEAT);
  const highestBass = bars.map(() => 0);
  for (const note of bass) {
    const bar = barIndexAt(bars, note.start);
    highestBass[bar] = Math.max(highestBass[bar], note.pitch);
  }
  return [
    ...bass,
    ...inner.filter((note) => !isThin[barIndexAt(bars, note.start)]),
    ...pattern.filter((note) => {
      const bar = barIndexAt(bars, note.start);
      return isThin[bar] && note.layer !== 'bass' && note.pitch > highestBass[bar] + 2;
    }),
  ];
}
