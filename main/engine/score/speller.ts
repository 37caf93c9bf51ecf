import type { Chord } from '../../contract/analysis.ts';
import type { Arrangement } from '../../contract/arrangement.ts';
import { countUpTo } from './count-up-to.ts';
import { groupBy } from './group-by.ts';
import { type SpellNote, spellNotes } from './spell-notes.ts';
import { chordToneFifth, type KeyContext, nameAt, spellPitchClass } from './spelling.ts';
import type { Speller } from './staff.ts';
import { turnPassages } from './turn-passages.ts';

/** Weight of a chord symbol that names a tone: as much as several neighbouring notes. */
const CHORD_TONE = 4;

/**
 * Names all notes of an arrangement at once: a name depends on what stands around it, in whichever hand or part.
 *
 * @param fifthsAt printed key signature at a tick
 * @param keyAt the key that holds, short stays included
 */
export function makeSpeller(
  { notes, lead, chords, bars, keys }: Pick<Arrangement, 'notes' | 'lead' | 'chords' | 'bars' | 'keys'>,
  fifthsAt: (tick: number) => number,
  keyAt: (tick: number) => KeyContext,
): Speller {
  const chordAt = findChords(chords);
  const all = [...notes, ...lead].sort((a, b) => a.start - b.start || a.pitch - b.pitch);
  const once = all.filter(
    ({ start, pitch }, at) => all[at - 1]?.start !== start || all[at - 1]!.pitch !== pitch,
  );
  const found = spellNotes(once, fifthsAt, (index, name) => {
    const { start, pitch } = once[index]!;
    const chord = chordAt(start);
    const tone = chord && chordToneFifth(pitch % 12, keyAt(start), chord);
    return tone === name ? CHORD_TONE : 0;
  });
  // Where keys are stated, they say the side; and notes stand under the names of chord symbols, where there are any.
  const isKnown = chords.length > 0 || keys.every(({ confidence }) => confidence === 1);
  const barAt = (tick: number) => Math.max(0, countUpTo(bars, tick) - 1);
  const names = isKnown ? found : turnPassages(once, found, barAt, bars.length);
  const named = groupBy(
    once.map((note, at) => ({ ...note, name: names[at]! })),
    (note) => note.pitch,
  );
  return (pitch, tick) => {
    const note = nearest(named.get(pitch) ?? [], tick);
    return nameAt(note ? note.name : spellPitchClass(pitch % 12, keyAt(tick), chordAt(tick)));
  };
}

/** The chord that sounds at a tick. */
function findChords(chords: readonly Chord[]): (tick: number) => Chord | null {
  const sorted = [...chords].sort((a, b) => a.start - b.start);
  return (tick) => {
    const chord = sorted[countUpTo(sorted, tick) - 1];
    return chord && chord.start + chord.duration > tick ? chord : null;
  };
}

/** Notes are written near their ticks, not always at them. */
function nearest<T extends SpellNote>(notes: readonly T[], tick: number): T | undefined {
  const after = countUpTo(notes, tick);
  const [before, next] = [notes[after - 1], notes[after]];
  if (!before || !next) return before ?? next;
  return next.start - tick < tick - before.start ? next : before;
}
