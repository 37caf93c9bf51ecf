import type { MelodyNote } from '../../contract/analysis.ts';
import { type BeatUnit, TICKS_PER_BEAT } from '../../contract/grid.ts';
import { type HeardMelody, MELODY_LOWEST } from './melody-listener.ts';
import { MelodyEvidence } from './melody-places.ts';
import { type FoundNote, searchLine } from './melody-search.ts';
import { findStickyPath } from './sticky-path.ts';

/** Cost of passing the line from voice to instrument or back: within a phrase, and across a rest of a beat or more. */
const HAND_OVER = { within: 6, across: 1.5 };
/** Passages of an instrument count only where the pitch is this likely on the mean: accompaniment is no melody. */
const CLEAR_LEAD = 0.3;
/** A note shorter than this many frames of the evidence, 70 ms, is a slip of the pitch. */
const SHORTEST = 6;

/**
 * Finds the melody as one line on the beat grid: sung, or played by an instrument that leads.
 * @param heard what the melody network heard
 * @param beats frames of the evidence at which beats lie, ascending, with one more entry for the end of the last beat
 * @param unit what a beat is, which sets the steps: 16ths and triplets, or the six 16ths of a dotted quarter
 * @returns notes in order that never overlap
 */
export function findMelody(heard: HeardMelody, beats: readonly number[], unit: BeatUnit): MelodyNote[] {
  if (beats.length < 2 || heard.frames === 0) return [];
  const evidence = new MelodyEvidence(heard);
  const frameAt = (tick: number): number => {
    const beat = Math.min(Math.floor(tick / TICKS_PER_BEAT), beats.length - 2);
    return beats[beat] + (beats[beat + 1] - beats[beat]) * (tick / TICKS_PER_BEAT - beat);
  };
  const found = searchLine(evidence, beats, unit)
    .filter((note) => frameAt(note.end) - frameAt(note.start) >= SHORTEST)
    .map((note) => rateNote(evidence, note, frameAt));
  const sung = tellSung(found);
  return dropAccompaniment(found, sung).map(({ note, likely, isSung }) => ({
    start: note.start,
    duration: note.end - note.start,
    pitch: note.pitch + MELODY_LOWEST,
    confidence: Math.round(likely * 1000) / 1000,
    source: isSung ? 'sung' : 'played',
  }));
}

interface RatedNote {
  note: FoundNote;
  /** Mean probability of the pitch. */
  likely: number;
  /** Log-odds that it is sung, grown with its length. */
  sungOdds: number;
}

function rateNote(evidence: MelodyEvidence, note: FoundNote, frameAt: (tick: number) => number): RatedNote {
  const [from, to] = [frameAt(note.start), frameAt(note.end)];
  const sung = Math.min(0.98, Math.max(0.02, evidence.meanSung(from, to)));
  return {
    note,
    likely: Math.min(1, evidence.meanProbability(from, to, note.pitch)),
    // A second of singing says no more than a second: longer notes are no surer.
    sungOdds: Math.log(sung / (1 - sung)) * Math.min(1, (to - from) / 43),
  };
}

/** Whether each note is sung: one state a passage, changed where the evidence pays for it. */
function tellSung(notes: readonly RatedNote[]): boolean[] {
  if (notes.length === 0) return [];
  const scores = notes.map(({ sungOdds }) => Float32Array.of(sungOdds / 2, -sungOdds / 2));
  const path = findStickyPath(scores, (i) => {
    const rest = notes[i].note.start - notes[i - 1].note.end;
    return rest >= TICKS_PER_BEAT ? HAND_OVER.across : HAND_OVER.within;
  });
  return path.map((state) => state === 0);
}

/** Leaves out played passages (between rests of a beat, or hand-overs) in which no pitch stands out. */
function dropAccompaniment(
  notes: readonly RatedNote[],
  sung: readonly boolean[],
): (RatedNote & { isSung: boolean })[] {
  const kept: (RatedNote & { isSung: boolean })[] = [];
  for (let first = 0; first < notes.length; ) {
    let last = first + 1;
    while (
      last < notes.length &&
      sung[last] === sung[first] &&
      notes[last].note.start - notes[last - 1].note.end < TICKS_PER_BEAT
    ) {
      last++;
    }
    const passage = notes.slice(first, last);
    const length = passage.reduce((sum, { note }) => sum + note.end - note.start, 0);
    const likely =
      passage.reduce((sum, note) => sum + note.likely * (note.note.end - note.note.start), 0) / length;
    if (sung[first] || likely >= CLEAR_LEAD) {
      kept.push(...passage.map((note) => ({ ...note, isSung: sung[first] })));
    }
    first = last;
  }
  return kept;
}
