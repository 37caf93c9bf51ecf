import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MelodyNote, melodyNoteSchema } from '../../../main/contract/analysis.ts';
import { TICKS_PER_BEAT } from '../../../main/contract/grid.ts';
import { findMelody } from '../../../main/engine/analysis/melody.ts';
import {
  type HeardMelody,
  MELODY_CLASSES,
  MELODY_PITCHES,
} from '../../../main/engine/analysis/melody-listener.ts';
import { hearTones, layBeats, type SungTone } from './support/sing.ts';

const BPM = 96;
const START = 0.5;
const BEATS = layBeats(BPM, 16, START);

/** Tones of notes in ticks: [start, duration, pitch]. */
function tonesOf(notes: readonly [number, number, number][], bpm = BPM): SungTone[] {
  const at = (tick: number) => START + (tick / TICKS_PER_BEAT) * (60 / bpm);
  return notes.map(([start, duration, pitch]) => ({ start: at(start), end: at(start + duration), pitch }));
}

function shortly(notes: readonly MelodyNote[]): [number, number, number][] {
  return notes.map(({ start, duration, pitch }) => [start, duration, pitch]);
}

/** Eighths and quarters with a rest. */
const LINE: [number, number, number][] = [
  [0, 48, 67],
  [48, 24, 69],
  [72, 24, 71],
  [96, 96, 72],
  [240, 48, 64],
  [288, 24, 65],
  [312, 72, 67],
];

describe('findMelody', () => {
  it('writes a line down as it is sung', () => {
    const found = findMelody(hearTones(tonesOf(LINE), 12), BEATS, 'quarter');
    expect(shortly(found)).toEqual(LINE);
    for (const note of found) {
      melodyNoteSchema.parse(note);
      expect(note.source).toBe('sung');
      expect(note.confidence).toBeGreaterThan(0.6);
    }
  });

  it('divides a beat in four or in three as the notes ask', () => {
    const line: [number, number, number][] = [
      [0, 12, 67],
      [12, 12, 69],
      [24, 24, 71],
      [48, 16, 72],
      [64, 16, 71],
      [80, 16, 69],
      [96, 48, 67],
      [144, 32, 69],
      [176, 16, 71],
      [192, 48, 72],
    ];
    expect(shortly(findMelody(hearTones(tonesOf(line, 80), 12), layBeats(80, 8), 'quarter'))).toEqual(line);
  });

  it('divides a dotted quarter in six', () => {
    const line: [number, number, number][] = [
      [0, 16, 67],
      [16, 16, 69],
      [32, 16, 71],
      [48, 8, 72],
      [56, 8, 71],
      [64, 32, 69],
      [96, 48, 67],
    ];
    const found = findMelody(hearTones(tonesOf(line, 50), 12), layBeats(50, 6), 'dotted-quarter');
    expect(shortly(found)).toEqual(line);
  });

  it('tells a note struck again from a held one', () => {
    const line: [number, number, number][] = [
      [0, 24, 67],
      [24, 24, 67],
      [48, 48, 67],
      [96, 96, 67],
    ];
    expect(shortly(findMelody(hearTones(tonesOf(line), 12), BEATS, 'quarter'))).toEqual(line);
  });

  it('absorbs scoops, falls and vibrato', () => {
    const bent = tonesOf(LINE).map((tone) => ({
      ...tone,
      pitchAt: (t: number) => {
        const length = tone.end - tone.start;
        if (t < 0.07) return tone.pitch - 1;
        if (length > 0.5 && t > length - 0.08) return tone.pitch - 1;
        // Wide vibrato: over the edge to the next semitone a third of the time.
        return tone.pitch + 0.58 * Math.sin(2 * Math.PI * 5.5 * t);
      },
    }));
    expect(shortly(findMelody(hearTones(bent, 12), BEATS, 'quarter'))).toEqual(LINE);
  });

  it('repairs octave slips inside a line', () => {
    const heard = hearTones(tonesOf(LINE), 12);
    // Wherever a tone sounds, every fifth frame and all of the third note say the octave above, nearly surely.
    const [from, to] = [tonesOf(LINE)[2].start, tonesOf(LINE)[2].end].map((time) => Math.round(time * 21.53));
    for (let t = 0; t < heard.frames; t++) {
      if (t % 5 !== 0 && (t < from || t >= to)) continue;
      const row = heard.pitch.subarray(t * MELODY_CLASSES, (t + 1) * MELODY_CLASSES);
      const top = row.indexOf(Math.min(...row));
      if (top >= MELODY_PITCHES - 12) continue;
      [row[top], row[top + 12]] = [Math.round(32 * -Math.log(0.35)), Math.round(32 * -Math.log(0.45))];
    }
    expect(shortly(findMelody(heard, BEATS, 'quarter'))).toEqual(LINE);
  });

  it('keeps a true leap of an octave', () => {
    const line: [number, number, number][] = [
      [0, 48, 60],
      [48, 48, 72],
      [96, 48, 71],
      [144, 96, 60],
    ];
    expect(shortly(findMelody(hearTones(tonesOf(line), 12), BEATS, 'quarter'))).toEqual(line);
  });

  it('places notes that are sung off the beat grid by up to 45 ms', () => {
    const late = tonesOf(LINE).map((tone, i) => ({
      ...tone,
      start: tone.start + 0.045 * Math.sin(i * 2.3),
      end: tone.end + 0.045 * Math.sin((i + 1) * 2.3),
    }));
    const found = findMelody(hearTones(late, 12), BEATS, 'quarter');
    expect(found.map((note) => [note.start, note.pitch])).toEqual(
      LINE.map(([start, , pitch]) => [start, pitch]),
    );
  });

  it('tells who has the line passage by passage, not note by note', () => {
    const tones = tonesOf(
      [...LINE, ...LINE.map(([s, d, p]): [number, number, number] => [s + 432, d, p])],
      120,
    );
    // The second time an instrument plays; in each passage one note says otherwise.
    tones.forEach((tone, i) => {
      tone.played = i >= LINE.length !== (i === 2 || i === LINE.length + 3);
    });
    const found = findMelody(hearTones(tones, 12), layBeats(120, 20), 'quarter');
    expect(found).toHaveLength(2 * LINE.length);
    expect(found.map((note) => note.source)).toEqual(
      found.map((_, i) => (i < LINE.length ? 'sung' : 'played')),
    );
  });

  it('invents nothing where nobody sings or leads', () => {
    expect(findMelody(hearTones([], 12), BEATS, 'quarter')).toEqual([]);
    // An instrument that might have the melody, at a quarter.
    const tones = tonesOf(LINE).map((tone) => ({ ...tone, played: true }));
    const heard = hearTones(tones, 12);
    for (let i = 0; i < heard.pitch.length; i++) {
      heard.pitch[i] = i % MELODY_CLASSES === MELODY_PITCHES ? 10 : Math.min(255, heard.pitch[i] + 38);
    }
    heard.onset.fill(0);
    expect(findMelody(heard, BEATS, 'quarter')).toEqual([]);
  });

  it('gives nothing without beats or without sound', () => {
    expect(findMelody(hearTones(tonesOf(LINE), 12), [], 'quarter')).toEqual([]);
    expect(findMelody(hearTones(tonesOf(LINE), 12), [4], 'quarter')).toEqual([]);
    const nothing = {
      frames: 0,
      pitch: new Uint8Array(0),
      onset: new Uint8Array(0),
      sung: new Uint8Array(0),
    };
    expect(findMelody(nothing, BEATS, 'quarter')).toEqual([]);
  });

  it('gives one sound line for whatever was heard, the same each time', () => {
    const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
    const anything = fc.integer({ min: 1, max: 60 }).chain((frames) =>
      fc.record({
        frames: fc.constant(frames),
        pitch: bytes(frames * MELODY_CLASSES),
        onset: bytes(2 * frames * MELODY_PITCHES),
        sung: bytes(frames),
      }),
    );
    const beats = fc
      .tuple(
        fc.integer({ min: 0, max: 400 }),
        fc.array(fc.integer({ min: 12, max: 90 }), { minLength: 1, maxLength: 12 }),
      )
      // Beats may begin before the sound and go on behind it.
      .map(([first, gaps]) => {
        const times = [first - 200];
        for (const gap of gaps) times.push(times[times.length - 1] + gap);
        return times;
      });
    fc.assert(
      fc.property(anything, beats, fc.constantFrom('quarter' as const, 'dotted-quarter' as const), check),
      { numRuns: 40, seed: 5 },
    );
  });

  it('finds any line whose notes are clear', () => {
    const note = fc.record({
      length: fc.constantFrom(24, 36, 48, 72, 96),
      step: fc.integer({ min: -5, max: 5 }),
      rest: fc.constantFrom(0, 0, 0, 24, 48),
    });
    fc.assert(
      fc.property(fc.array(note, { minLength: 1, maxLength: 12 }), (steps) => {
        let [tick, pitch] = [0, 67];
        const line = steps.map(({ length, step, rest }): [number, number, number] => {
          const start = tick;
          tick += length + rest;
          pitch = Math.min(84, Math.max(50, pitch + step));
          return [start, length, pitch];
        });
        const found = findMelody(hearTones(tonesOf(line), 20), layBeats(BPM, 30), 'quarter');
        expect(shortly(found)).toEqual(line);
      }),
      { numRuns: 30, seed: 11 },
    );
  });
});

function check(heard: HeardMelody, beats: number[], unit: 'quarter' | 'dotted-quarter'): void {
  const found = findMelody(heard, beats, unit);
  expect(findMelody(structuredClone(heard), [...beats], unit)).toEqual(found);
  let end = 0;
  for (const note of found) {
    melodyNoteSchema.parse(note);
    expect(note.start).toBeGreaterThanOrEqual(end);
    end = note.start + note.duration;
    const within = (tick: number) => tick % (TICKS_PER_BEAT / 4) === 0 || tick % (TICKS_PER_BEAT / 3) === 0;
    if (unit === 'quarter') expect(within(note.start) && within(end)).toBe(true);
    else expect(note.start % 8 === 0 && end % 8 === 0).toBe(true);
  }
  expect(end).toBeLessThanOrEqual((beats.length - 1) * TICKS_PER_BEAT);
}
