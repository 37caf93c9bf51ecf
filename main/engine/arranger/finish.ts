import type { ArrangedNote } from '../../contract/arrangement.ts';
import { nameChords } from './chord-identity.ts';
import { holdPosition } from './hold-position.ts';
import type { LayerNote } from './layers.ts';
import { simplifyLayers } from './simplify.ts';
import type { Song } from './song.ts';
import { sustainLayers } from './sustain.ts';
import { sungNotes, toArranged } from './velocity.ts';

/** Turns a full accompaniment without lengths into the level's notes, with the melody on top where it is asked for. */
export function finishLayers(accompaniment: readonly LayerNote[], song: Song): ArrangedNote[] {
  const all = [...accompaniment, ...sungNotes(song.melody)];
  const named = nameChords(simplifyLayers(all, song), song);
  const level = song.settings.level === 'easy' ? holdPosition(named, song) : named;
  return toArranged(sustainLayers(level, song), song);
}
