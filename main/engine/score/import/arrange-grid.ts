import {
  ARRANGEMENT_VERSION,
  type Arrangement,
  arrangeSettingsSchema,
} from '../../../contract/arrangement.ts';
import { SongleafError } from '../../../contract/errors.ts';
import { TICKS_PER_BEAT } from '../../../contract/grid.ts';
import { ENGINE_VERSION } from '../../version.ts';
import { findKeys } from './find-keys.ts';
import type { GridMusic } from './grid-music.ts';

const LOWEST = 21;
const HIGHEST = 108;

/**
 * The music as an arrangement, ready to be engraved: what the file does not say is found from the notes.
 *
 * @param hash SHA-256 of the file, hex
 * @throws SongleafError `score-invalid` where there is no note on the piano
 */
export function arrangeGrid(music: GridMusic, hash: string): Arrangement {
  // A piano has no quarter tones: what lies between two keys goes to the upper one.
  const onKeys = music.notes.map((note) => ({ ...note, pitch: Math.round(note.pitch) }));
  const notes = onKeys.filter(({ pitch }) => pitch >= LOWEST && pitch <= HIGHEST);
  if (notes.length === 0) {
    throw new SongleafError('score-invalid', 'The file holds no notes.', 'Choose a file with piano music.');
  }
  const bars = music.bars!;
  const last = bars[bars.length - 1]!;
  const beats = last.start / TICKS_PER_BEAT + last.beats;
  const { title, composer, bpm } = music;
  return {
    format: 'songleaf-arrangement',
    version: ARRANGEMENT_VERSION,
    engine: ENGINE_VERSION,
    song: { hash, title, artist: composer, album: '', duration: (beats * 60) / bpm },
    settings: arrangeSettingsSchema.parse({}),
    beatTimes: Array.from({ length: beats + 1 }, (_, beat) => (beat * 60) / bpm),
    bpm,
    bars,
    metres: [{ start: 0, beats: bars[0]!.metreBeats, unit: bars[0]!.unit, confidence: 1 }],
    keys: music.keys.length > 0 ? music.keys : findKeys(notes, bars),
    chords: [],
    sections: [],
    notes: notes.map((note) => ({ ...note, role: 'inner' })),
    lead: [],
  };
}
