import type { Analysis } from '../../contract/analysis.ts';
import type { Correction, CorrectionKind } from '../../contract/corrections.ts';
import { addBeat, moveBeat, removeBeat, tapBeats } from './beats.ts';
import { carryOver } from './carry.ts';
import { moveChordBorder, setChord } from './chords.ts';
import type { Part } from './find-again.ts';
import { setKey } from './keys.ts';
import { addNote, changeNote } from './melody.ts';
import { setMetre, shiftDownbeats } from './metres.ts';
import { joinSection, moveSectionBorder, nameSection, splitSection } from './sections.ts';
import { doubleTempo, halveTempo } from './tempo.ts';

const onBeats: readonly Part[] = ['chords', 'keys', 'sections', 'melody'];
const onBars: readonly Part[] = ['chords', 'keys', 'sections'];

/** What depends on each correction and is found again after it; all else stays as it is. */
const dependents: Record<CorrectionKind, readonly Part[]> = {
  double: onBeats,
  halve: onBeats,
  tap: onBeats,
  'move-beat': onBeats,
  'add-beat': onBeats,
  'remove-beat': onBeats,
  shift: onBars,
  // The unit tells how beats divide, and with it where notes may lie.
  metre: onBeats,
  chord: ['keys'],
  'chord-border': ['keys'],
  key: [],
  'section-name': [],
  'section-border': [],
  'section-split': [],
  'section-join': [],
  note: [],
  'add-note': [],
};

/** Parts that have to be found again after a correction. */
export function partsAfter(correction: Correction, before: Analysis, after: Analysis): ReadonlySet<Part> {
  const parts = new Set(dependents[correction.kind]);
  if (correction.kind === 'metre' && before.metres[0].unit === after.metres[0].unit) parts.delete('melody');
  return parts;
}

/**
 * Applies one correction. Everything else is carried over to the beats as they are then, so that the analysis is whole
 * also where nothing can be found again.
 * @param attack onset strength of the evidence's frames, which taps are drawn to; null where it is not at hand
 * @throws SongleafError `bad-request` where the correction makes no sense in this song
 */
export function correct(
  analysis: Analysis,
  correction: Correction,
  attack: Float32Array | null = null,
): Analysis {
  const corrected = change(analysis, correction, attack);
  if (!dependents[correction.kind].includes('sections')) return corrected;
  // Readings speak of the beats as they were found.
  const { readings: _, ...rest } = corrected;
  return carryOver(rest, analysis.beats);
}

function change(analysis: Analysis, correction: Correction, attack: Float32Array | null): Analysis {
  switch (correction.kind) {
    case 'double':
      return doubleTempo(analysis);
    case 'halve':
      return halveTempo(analysis, correction);
    case 'shift':
      return shiftDownbeats(analysis, correction);
    case 'tap':
      return tapBeats(analysis, correction, attack);
    case 'metre':
      return setMetre(analysis, correction);
    case 'move-beat':
      return moveBeat(analysis, correction);
    case 'add-beat':
      return addBeat(analysis, correction);
    case 'remove-beat':
      return removeBeat(analysis, correction);
    case 'chord':
      return setChord(analysis, correction);
    case 'chord-border':
      return moveChordBorder(analysis, correction);
    case 'key':
      return setKey(analysis, correction);
    case 'section-name':
      return nameSection(analysis, correction);
    case 'section-border':
      return moveSectionBorder(analysis, correction);
    case 'section-split':
      return splitSection(analysis, correction);
    case 'section-join':
      return joinSection(analysis, correction);
    case 'note':
      return changeNote(analysis, correction);
    case 'add-note':
      return addNote(analysis, correction);
  }
}
