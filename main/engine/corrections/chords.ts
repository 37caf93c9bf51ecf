import type { Analysis, Chord } from '../../contract/analysis.ts';
import type { CorrectionOf } from '../../contract/corrections.ts';
import { endOf } from './beat-grid.ts';
import { refuse } from './refuse.ts';
import { overlay } from './spans.ts';

/** Lays one chord over whatever was there. */
export function setChord(analysis: Analysis, correction: CorrectionOf<'chord'>): Analysis {
  const { start, root, quality } = correction;
  const end = Math.min(endOf(analysis), start + correction.duration);
  if (start >= end) throw refuse('The chord lies beyond the end of the song.', 'Choose an earlier place.');
  if ((root === null) !== (quality === null)) {
    throw refuse('A chord has a root and a quality, or neither.', 'Type the chord again.');
  }
  const chord: Chord = {
    start,
    duration: end - start,
    root,
    quality,
    bass: root === null ? null : (correction.bass ?? root),
    confidence: 1,
    byHand: true,
  };
  return { ...analysis, chords: overlay(analysis.chords, [chord]) };
}

/** Moves the border between a chord and the one before it. */
export function moveChordBorder(analysis: Analysis, { from, to }: CorrectionOf<'chord-border'>): Analysis {
  const index = analysis.chords.findIndex((chord) => chord.start === from);
  const chord = analysis.chords[index];
  if (!chord) throw refuse('No chord starts there.', 'Choose the beginning of a chord.');
  const before = analysis.chords[index - 1];
  const earliest = before ? before.start : 0;
  const end = chord.start + chord.duration;
  if (to >= end || (before ? to <= earliest : to < 0)) {
    throw refuse(
      'A chord cannot be moved past the next one.',
      'Move it less far, or retype the chord beside it.',
    );
  }
  const chords = analysis.chords.map((each, i): Chord => {
    if (i === index) return { ...each, start: to, duration: end - to, confidence: 1, byHand: true };
    if (i !== index - 1) return each;
    return { ...each, duration: to - each.start };
  });
  return { ...analysis, chords };
}
