import type { Arrangement } from '../../contract/arrangement.ts';
import { SongleafError } from '../../contract/errors.ts';
import { keySignature } from './key-signatures.ts';

const LOWEST = 21;
const HIGHEST = 108;

/**
 * The arrangement so many semitones higher or lower: notes, chords and keys.
 *
 * @throws SongleafError `bad-request` where a note would leave the piano
 */
export function transpose(arrangement: Arrangement, semitones: number): Arrangement {
  if (semitones === 0) return arrangement;
  const move = <T extends { pitch: number }>(note: T): T => ({ ...note, pitch: note.pitch + semitones });
  const turn = (pitchClass: number) => (pitchClass + semitones + 12) % 12;
  const turnOrNull = (pitchClass: number | null) => (pitchClass === null ? null : turn(pitchClass));
  const notes = arrangement.notes.map(move);
  const lead = arrangement.lead.map(move);
  if ([...notes, ...lead].some(({ pitch }) => pitch < LOWEST || pitch > HIGHEST)) {
    throw new SongleafError(
      'bad-request',
      `“${arrangement.song.title}” has notes that would leave the piano ${Math.abs(semitones)} semitones ${semitones > 0 ? 'up' : 'down'}.`,
      `Transpose by ${semitones > 0 ? semitones - 12 : semitones + 12} instead.`,
    );
  }
  return {
    ...arrangement,
    notes,
    lead,
    keys: arrangement.keys.map((key) => ({ ...key, tonic: turn(key.tonic) })),
    chords: arrangement.chords.map((chord) => ({
      ...chord,
      root: turnOrNull(chord.root),
      bass: turnOrNull(chord.bass),
      ...(chord.alternatives
        ? {
            alternatives: chord.alternatives.map((each) => ({
              ...each,
              root: turnOrNull(each.root),
              bass: turnOrNull(each.bass),
            })),
          }
        : {}),
    })),
  };
}

/** Signs in a signature that a player of level easy reads. */
export const EASY_SIGNS = 3;

/**
 * The shortest way, in semitones, to keys of at most so many signs, upwards where both ways are as short; 0 where all
 * keys have no more already, or where no way helps every one of them.
 */
export function easierTransposition(keys: Arrangement['keys'], most = EASY_SIGNS): number {
  const isEasy = (semitones: number) =>
    keys.every(({ tonic, mode }) => {
      const { fifths } = keySignature({ tonic: (tonic + semitones + 12) % 12, mode });
      return Math.abs(fifths) <= most;
    });
  const ways = [0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6];
  return ways.find(isEasy) ?? 0;
}
