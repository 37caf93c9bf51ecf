import type { Chord, ChordQuality } from '../../contract/analysis.ts';
import type { BarUnit } from '../../contract/grid.ts';
import { type MeasureFrame, measureAt } from './measure-frames.ts';
import type { Harmony } from './score.ts';
import { type KeyContext, nameAt, rootFifth, spellPitchClass } from './spelling.ts';

/** MusicXML's kind-value, the suffix as printed, and tones that the kind lacks. */
export const chordKinds: Record<ChordQuality, { kind: string; text: string; added?: number[] }> = {
  maj: { kind: 'major', text: '' },
  min: { kind: 'minor', text: 'm' },
  '7': { kind: 'dominant', text: '7' },
  maj7: { kind: 'major-seventh', text: 'maj7' },
  min7: { kind: 'minor-seventh', text: 'm7' },
  sus2: { kind: 'suspended-second', text: 'sus2' },
  sus4: { kind: 'suspended-fourth', text: 'sus4' },
  dim: { kind: 'diminished', text: 'dim' },
  aug: { kind: 'augmented', text: '+' },
  maj6: { kind: 'major-sixth', text: '6' },
  min6: { kind: 'minor-sixth', text: 'm6' },
  '9': { kind: 'dominant-ninth', text: '9' },
  add9: { kind: 'major', text: 'add9', added: [9] },
  dim7: { kind: 'diminished-seventh', text: 'dim7' },
  hdim7: { kind: 'half-diminished', text: 'm7b5' },
  minmaj7: { kind: 'major-minor', text: 'm(maj7)' },
};

/** Chord symbols stand on eighths. */
const grid: Record<BarUnit, number> = { eighth: 48, quarter: 24, 'dotted-quarter': 16 };

/**
 * Chord symbols of every measure, where the harmony changes. Of two on one eighth the later stands: the other would
 * have no note of its own. "No chord" is printed after a chord only.
 */
export function writeHarmonies(
  chords: readonly Chord[],
  frames: readonly MeasureFrame[],
  keyAt: (tick: number) => KeyContext,
): Harmony[][] {
  const measures: Harmony[][] = frames.map(() => []);
  const byTick = new Map<number, Chord>();
  for (const chord of [...chords].sort((a, b) => a.start - b.start)) {
    const frame = frames[measureAt(frames, chord.start)]!;
    if (chord.start < frame.start || chord.start >= frame.end) continue;
    const step = grid[frame.unit];
    byTick.set(frame.start + Math.round((chord.start - frame.start) / step) * step, chord);
  }
  let last = '';
  for (const [tick, chord] of byTick) {
    const symbol = spellChord(chord, keyAt(tick));
    const name = symbol ? JSON.stringify(symbol) : '';
    if (name === last) continue;
    last = name;
    // Rounded to the end of the song: there is no music left to stand over.
    if (tick >= frames[frames.length - 1]!.end) continue;
    const measure = measureAt(frames, tick);
    const frame = frames[measure]!;
    const at = (tick - frame.start) * frame.divisionsPerTick;
    measures[measure]!.push({ at, ...(symbol ?? noChord) });
  }
  return measures;
}

const noChord: Omit<Harmony, 'at'> = { root: null, kind: 'none', text: 'N.C.', bass: null, added: [] };

function spellChord({ root, quality, bass }: Chord, key: KeyContext): Omit<Harmony, 'at'> | null {
  if (root === null || quality === null) return null;
  const { kind, text, added = [] } = chordKinds[quality];
  const hasOtherBass = bass !== null && bass !== root;
  return {
    root: nameAt(rootFifth(root, quality, key)),
    kind,
    text,
    bass: hasOtherBass ? nameAt(spellPitchClass(bass, key, { root, quality })) : null,
    added,
  };
}
