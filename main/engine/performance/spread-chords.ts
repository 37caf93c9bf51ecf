/** Seconds between the notes of a chord as hands strike it, lowest first; the highest is on time. */
const APART = 0.005;
/** Chords of fewer notes are struck together. */
const LEAST_NOTES = 3;
/** No chord takes longer, in seconds. */
const LONGEST = 0.02;
/** Close chords are struck more nearly together than those of this many semitones, an octave and a half. */
const WIDE = 19;

/**
 * How much earlier, in seconds, each note is struck than its beat says: chords are very slightly broken from the bass
 * upwards, so that the melody on top is on time.
 * @param notes in any order; the answer is in theirs
 */
export function spreadChords(notes: readonly { start: number; pitch: number }[]): number[] {
  const early = notes.map(() => 0);
  const groups = new Map<number, number[]>();
  notes.forEach(({ start }, index) => {
    const group = groups.get(start);
    if (group) group.push(index);
    else groups.set(start, [index]);
  });
  for (const group of groups.values()) {
    if (group.length < LEAST_NOTES) continue;
    group.sort((a, b) => notes[b].pitch - notes[a].pitch);
    const span = notes[group[0]].pitch - notes[group[group.length - 1]].pitch;
    const apart = Math.min(APART, LONGEST / (group.length - 1)) * Math.min(1, span / WIDE);
    group.forEach((index, rank) => {
      early[index] = rank * apart;
    });
  }
  return early;
}
