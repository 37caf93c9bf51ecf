/**
 * “Paper Boats”, the piece that comes with Songleaf: 21 bars of 4/4 in G major, A B A'. Composed for this project and, as
 * its recording, under CC0.
 */
export const piece = { title: 'Paper Boats', artist: 'Songleaf', bpm: 100, beatsPerBar: 4, bars: 21 };

/** A note on the beat grid: beats from the beginning, MIDI note number, 1-127. */
export interface WrittenNote {
  start: number;
  length: number;
  pitch: number;
  velocity: number;
}

/** Chords by the beat at which they begin: bass and the notes over it. */
interface WrittenChord {
  start: number;
  length: number;
  bass: number;
  notes: readonly number[];
}

/** Bass below, close position round middle C above. */
const chordNotes = {
  G: { bass: 43, notes: [59, 62, 67] },
  'D/F#': { bass: 42, notes: [57, 62, 66] },
  Em: { bass: 40, notes: [59, 64, 67] },
  C: { bass: 36, notes: [60, 64, 67] },
  D: { bass: 38, notes: [57, 62, 66] },
  Am: { bass: 45, notes: [60, 64, 69] },
} as const;

const a = 'G | D/F# | Em | C | G | D/F# | C D | G';
const b = 'Em | C | G | D | Em | C | Am | D';
const ending = 'G | D/F# | Em | C D | G';
export const chordChart = [a, b, ending].join(' | ');

export const chords: readonly WrittenChord[] = chordChart.split(' | ').flatMap((bar, i) => {
  const names = bar.split(' ') as (keyof typeof chordNotes)[];
  const length = piece.beatsPerBar / names.length;
  return names.map((name, j) => ({
    start: i * piece.beatsPerBar + j * length,
    length,
    ...chordNotes[name],
  }));
});

/** The tune, bar by bar: `pitch:beats`, `-` for a rest. */
const tune = `
  B4:1 D5:1 G5:1.5 F#5:.5  | F#5:1 E5:.5 D5:1.5 A4:1     | B4:1 E5:1 G5:1.5 F#5:.5     | E5:2.5 -:.5 D5:.5 E5:.5
  D5:1 B4:.5 D5:.5 G5:1.5 A5:.5 | A5:1 F#5:1 D5:2        | E5:1 G5:1 F#5:1 A5:1        | G5:3 -:1
  B5:1.5 A5:.5 G5:1 E5:1   | E5:1 G5:1 A5:1.5 G5:.5      | B5:1.5 A5:.5 G5:1 D5:1      | F#5:2 A5:1 D5:1
  B5:1.5 C6:.5 B5:1 G5:1   | A5:1 G5:1 E5:1.5 D5:.5      | C5:1 E5:1 A5:1.5 G5:.5      | F#5:2 A4:.5 B4:.5 C5:.5 D5:.5
  B4:1 D5:1 G5:1.5 F#5:.5  | F#5:1 E5:.5 D5:1.5 A4:1     | B4:1 E5:1 G5:1.5 F#5:.5     | E5:1 G5:1 F#5:1 A5:1
  G5:4
`;

const steps: Record<string, number> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

export const melody: readonly WrittenNote[] = readTune(tune);

function readTune(text: string): WrittenNote[] {
  const notes: WrittenNote[] = [];
  let start = 0;
  for (const word of text.split(/[\s|]+/).filter(Boolean)) {
    const [, step, sharp, octave, beats] = /^(?:([A-G])(#?)(\d)|-):(\d*\.?\d+)$/.exec(word) ?? [];
    const length = Number(beats);
    if (step !== undefined) {
      const pitch = 12 * (Number(octave) + 1) + steps[step] + (sharp === '#' ? 1 : 0);
      notes.push({ start, length, pitch, velocity: start % piece.beatsPerBar === 0 ? 96 : 86 });
    }
    start += length;
  }
  return notes;
}

/** The piano: the chord on one, broken on the off-beats after it; the last one is held. */
export const piano: readonly WrittenNote[] = chords.flatMap(({ start, length, bass, notes }) => {
  const whole = [bass, ...notes];
  if (start === (piece.bars - 1) * piece.beatsPerBar) {
    return whole.map((pitch) => ({ start, length, pitch, velocity: 66 }));
  }
  const struck = whole.map((pitch) => ({ start, length: 1.4, pitch, velocity: 66 }));
  const broken = Array.from({ length: 2 * length - 3 }, (_, i) => ({
    start: start + 1.5 + i / 2,
    length: 0.45,
    pitch: notes[[0, 2, 1, 2, 0][i % 5]],
    velocity: 50 + (i % 2) * 6,
  }));
  return [...struck, ...broken];
});

/** The bass: the root on one, again before three, and its fifth before the bar line. */
export const bass: readonly WrittenNote[] = chords.flatMap(({ start, length, bass: root }) => {
  const pitch = root < 40 ? root : root - 12;
  if (length < piece.beatsPerBar) return [{ start, length: 1.8, pitch, velocity: 92 }];
  if (start === (piece.bars - 1) * piece.beatsPerBar) return [{ start, length: 4, pitch, velocity: 92 }];
  return [
    { start, length: 1.4, pitch, velocity: 96 },
    { start: start + 1.5, length: 0.5, pitch, velocity: 76 },
    { start: start + 2, length: 1.4, pitch, velocity: 90 },
    { start: start + 3.5, length: 0.5, pitch: pitch + 12, velocity: 72 },
  ];
});

export type Drum = 'kick' | 'snare' | 'hat';
/** The drums: a plain four, with the cymbal left out in the last bar. */
export const drums: readonly { start: number; drum: Drum; loudness: number }[] = Array.from(
  { length: piece.bars - 1 },
  (_, bar) => bar * piece.beatsPerBar,
)
  .flatMap((bar) => [
    { start: bar, drum: 'kick' as const, loudness: 1 },
    { start: bar + 1, drum: 'snare' as const, loudness: 0.9 },
    { start: bar + 2, drum: 'kick' as const, loudness: 0.9 },
    { start: bar + 2.5, drum: 'kick' as const, loudness: 0.6 },
    { start: bar + 3, drum: 'snare' as const, loudness: 1 },
    ...Array.from({ length: 8 }, (_, i) => ({
      start: bar + i / 2,
      drum: 'hat' as const,
      loudness: i % 2 === 0 ? 0.8 : 0.5,
    })),
  ])
  .concat([{ start: (piece.bars - 1) * piece.beatsPerBar, drum: 'kick', loudness: 1 }]);
