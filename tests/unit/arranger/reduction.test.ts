import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../../main/contract/analysis.ts';
import { arrangeSettingsSchema } from '../../../main/contract/arrangement.ts';
import type { BeatUnit } from '../../../main/contract/grid.ts';
import { weighCandidates } from '../../../main/engine/arranger/reduction/candidates.ts';
import { detectNotes } from '../../../main/engine/arranger/reduction/detect.ts';
import { quantiseNotes } from '../../../main/engine/arranger/reduction/quantise.ts';
import { layOutSong } from '../../../main/engine/arranger/song.ts';
import { frameToSeconds } from '../../../main/engine/transcription/evidence.ts';
import { drawEvidence } from './support/draw-evidence.ts';
import { readMaterial } from './support/fixtures.ts';
import type { PlayedNote } from './support/song-fixture.ts';

/** Two bars with a beat every 0.6 s from 1 s on, C major throughout, no melody. */
function plainSong(unit: BeatUnit = 'quarter'): Analysis {
  const beats = unit === 'quarter' ? 4 : 2;
  return {
    ...readMaterial('pop909-004').analysis,
    beats: Array.from({ length: 2 * beats }, (_, i) => ({
      time: 1 + 0.6 * i,
      position: 1 + (i % beats),
      confidence: 1,
    })),
    metres: [{ start: 0, beats, unit, confidence: 1 }],
    chords: [{ start: 0, duration: 2 * beats * 48, root: 0, quality: 'maj', bass: 0, confidence: 1 }],
    melody: [],
    sections: [],
  };
}

function place(notes: PlayedNote[], unit: BeatUnit = 'quarter', hardness = 0) {
  const analysis = plainSong(unit);
  const evidence = drawEvidence(notes, 8, { hardness, seed: 1 });
  const song = layOutSong(analysis, evidence, arrangeSettingsSchema.parse({}));
  return { song, placed: quantiseNotes(detectNotes(evidence), song) };
}

/** Notes of one pitch at these beats. */
function atBeats(beats: number[], pitch = 60): PlayedNote[] {
  return beats.map((beat) => [1 + 0.6 * beat, 1 + 0.6 * beat + 0.15, pitch, 90]);
}

describe('detectNotes', () => {
  it('finds each drawn note once, in its frame', () => {
    const notes: PlayedNote[] = [
      [0.5, 0.9, 60, 90],
      [0.5, 1.5, 67, 90],
      [1, 1.4, 60, 90],
    ];
    const found = detectNotes(drawEvidence(notes, 3, { hardness: 0, seed: 1 }));
    expect(found.map(({ pitch }) => pitch)).toEqual([60, 67, 60]);
    found.forEach((note, i) => {
      const [start, end] = [...notes].sort((a, b) => a[0] - b[0] || a[2] - b[2])[i];
      expect(frameToSeconds(note.frame)).toBeCloseTo(start, 1);
      expect(Math.abs(frameToSeconds(note.endFrame) - end)).toBeLessThan(0.15);
    });
  });

  it('finds nothing in silence', () => {
    expect(detectNotes(drawEvidence([], 3, { hardness: 0, seed: 1 }))).toEqual([]);
  });
});

describe('quantiseNotes', () => {
  it('puts straight notes on 16ths', () => {
    const { placed } = place(atBeats([0, 0.5, 0.75, 1, 2.25, 3]));
    expect(placed.map((note) => note.start)).toEqual([0, 24, 36, 48, 108, 144]);
  });

  it('puts triplets on thirds of the beat, in the bars that have them only', () => {
    const triplets = [0, 1, 2, 3].flatMap((beat) => [beat, beat + 1 / 3, beat + 2 / 3]);
    const { placed } = place(
      atBeats([...triplets, 4, 4.25, 4.5, 4.75, 5, 5.25, 5.5, 5.75, 6.25, 6.75, 7.25]),
    );
    const starts = placed.map((note) => note.start);
    expect(starts.slice(0, 12)).toEqual([0, 16, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176]);
    expect(starts.slice(12).every((start) => start % 12 === 0)).toBe(true);
  });

  it('puts eighths of 6/8 on thirds of the dotted quarter', () => {
    const { placed } = place(atBeats([0, 1 / 3, 2 / 3, 1, 1.5]), 'dotted-quarter');
    expect(placed.map((note) => note.start)).toEqual([0, 16, 32, 48, 72]);
  });

  it('leaves out what lies before the first and after the last beat', () => {
    const { placed } = place(atBeats([-1, 0, 9]));
    expect(placed.map((note) => note.start)).toEqual([0]);
  });
});

describe('weighCandidates', () => {
  it('drops a weak octave over a strong note and keeps an equal one', () => {
    const song = layOutSong(
      plainSong(),
      drawEvidence([], 8, { hardness: 0, seed: 1 }),
      arrangeSettingsSchema.parse({}),
    );
    const note = (pitch: number, onset: number) => ({ start: 0, heardEnd: 40, pitch, onset, level: 0.8 });
    const pitches = (notes: ReturnType<typeof note>[]) =>
      weighCandidates(notes, song).map(({ pitch }) => pitch);
    expect(pitches([note(48, 0.95), note(60, 0.55)])).toEqual([48]);
    expect(pitches([note(48, 0.95), note(60, 0.9)])).toEqual([48, 60]);
  });

  it('prefers chord tones', () => {
    const song = layOutSong(
      plainSong(),
      drawEvidence([], 8, { hardness: 0, seed: 1 }),
      arrangeSettingsSchema.parse({}),
    );
    const note = (pitch: number) => ({ start: 0, heardEnd: 40, pitch, onset: 0.9, level: 0.8 });
    const [tone, other] = weighCandidates([note(64), note(66)], song);
    expect(tone.salience).toBeGreaterThan(other.salience);
  });

  it('joins a weak ripple of a note to it', () => {
    const song = layOutSong(
      plainSong(),
      drawEvidence([], 8, { hardness: 0, seed: 1 }),
      arrangeSettingsSchema.parse({}),
    );
    const note = (start: number, onset: number) => ({
      start,
      heardEnd: start + 12,
      pitch: 64,
      onset,
      level: 0.8,
    });
    const joined = weighCandidates([note(0, 0.95), note(12, 0.62), note(48, 0.9)], song);
    expect(joined.map(({ start }) => start)).toEqual([0, 48]);
    expect(joined[0].heardEnd).toBe(24);
  });
});
