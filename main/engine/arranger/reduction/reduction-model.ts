import type { ArrangerModel } from '../arranger.ts';
import { accompany } from '../chords/accompaniment.ts';
import { finishLayers } from '../finish.ts';
import type { LayerNote } from '../layers.ts';
import { layOutSong, type Song } from '../song.ts';
import { barIndexAt, barTicks } from '../song-grid.ts';
import { findBass } from './bass-line.ts';
import { weighCandidates } from './candidates.ts';
import { detectNotes } from './detect.ts';
import { enrich } from './enrich.ts';
import { chooseInner } from './inner-voices.ts';
import { quantiseNotes } from './quantise.ts';

/** A bar with fewer heard accompaniment onsets than this a beat is too thin to stand. */
const LEAST_ONSETS_PER_BEAT = 0.5;

/** The recording's own notes on the beat grid, thinned to two hands; chords and groove where little was heard. */
export const reductionModel: ArrangerModel = {
  name: 'reduction',
  arrange(analysis, evidence, settings) {
    const song = layOutSong(analysis, evidence, settings);
    const candidates = weighCandidates(quantiseNotes(detectNotes(evidence), song), song);
    const bass = findBass(candidates, song, (tick) => song.plays[barIndexAt(song.grid.bars, tick)]);
    const rest = candidates.filter((candidate) => !bass.used.has(candidate));
    const inner = chooseInner(rest, bass.notes, song);
    const heard = [...bass.notes, ...inner].filter((note) => playsAt(song, note.start));
    const pattern = accompany(song);
    return finishLayers(enrich(fillThinBars(heard, candidates, pattern, song), pattern, song), song);
  },
};

function playsAt(song: Song, tick: number): boolean {
  return song.plays[barIndexAt(song.grid.bars, tick)];
}

/** Puts the chord model's bar where the recording's notes were too few to carry one. */
function fillThinBars(
  heard: readonly LayerNote[],
  candidates: readonly { start: number }[],
  pattern: readonly LayerNote[],
  song: Song,
): LayerNote[] {
  const { bars } = song.grid;
  const onsets = bars.map(() => new Set<number>());
  const heardTicks = new Set(candidates.map((candidate) => candidate.start));
  for (const note of heard) {
    if (heardTicks.has(note.start)) onsets[barIndexAt(bars, note.start)].add(note.start);
  }
  const isThin = bars.map(
    (bar, i) => song.plays[i] && onsets[i].size < Math.max(1, (barTicks(bar) / 48) * LEAST_ONSETS_PER_BEAT),
  );
  if (!isThin.includes(true)) return [...heard];
  const at = (note: LayerNote) => isThin[barIndexAt(bars, note.start)];
  return [...heard.filter((note) => !at(note)), ...pattern.filter(at)];
}
