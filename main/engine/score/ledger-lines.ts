import type { ChordEvent, Clef, PitchName, Voice } from './score.ts';

type Placed = Pick<PitchName, 'step'> & { octave: number };

const letters = 'CDEFGAB';

/** Steps of the white keys above C0. */
export function diatonic({ step, octave }: Placed): number {
  return octave * 7 + letters.indexOf(step);
}

/** Lowest and highest line: E4 and F5, G2 and A3. */
const lines: Record<Clef, { bottom: number; top: number }> = {
  treble: { bottom: 30, top: 38 },
  bass: { bottom: 18, top: 26 },
};

/** Ledger lines that a note needs below (negative) or above the staff. */
export function ledgerLines(note: Placed, clef: Clef): number {
  const { bottom, top } = lines[clef];
  const place = diatonic(note);
  if (place < bottom) return -Math.floor((bottom - place) / 2);
  return place > top ? Math.floor((place - top) / 2) : 0;
}

/** The chords of a staff in one measure, whatever their voice. */
export function chordsOfStaff(voices: readonly Voice[], staff: number): ChordEvent[] {
  return voices
    .filter((voice) => voice.staff === staff)
    .flatMap((voice) => voice.events)
    .filter((event) => event.kind === 'chord');
}

/** Ledger lines of the farther end of each chord, on the mean. */
export function meanLedgerLines(chords: readonly ChordEvent[], clef: Clef): number {
  let sum = 0;
  for (const { notes } of chords) {
    sum += Math.max(...notes.map((note) => Math.abs(ledgerLines(note, clef))));
  }
  return chords.length === 0 ? 0 : sum / chords.length;
}
