import { expect } from 'vitest';
import {
  type ArrangedNote,
  type Arrangement,
  arrangementSchema,
} from '../../../../main/contract/arrangement.ts';
import { assignHands, handLimits } from '../../../../main/engine/score/hands.ts';

/** Expects everything that the contract promises of any take. */
export function checkArrangement(take: Arrangement): void {
  arrangementSchema.parse(take);
  const beats = take.bars.reduce((sum, bar) => sum + bar.beats, 0);
  expect(take.beatTimes).toHaveLength(beats + 1);
  let tick = 0;
  for (const bar of take.bars) {
    expect(bar.start).toBe(tick);
    expect(bar.metreBeats).toBeGreaterThanOrEqual(bar.beats);
    tick += bar.beats * 48;
  }
  checkNotes(take.notes, tick);
  checkNotes(take.lead, tick);
  expect(assignHands(take.notes, handLimits[take.settings.level]).unplayable).toEqual([]);
  if (take.settings.melody !== 'staff') expect(take.lead).toEqual([]);
  if (take.settings.melody !== 'include')
    expect(take.notes.some((note) => note.role === 'melody')).toBe(false);
  for (const span of [...take.chords, ...take.sections]) {
    expect(span.start + span.duration).toBeLessThanOrEqual(tick);
  }
}

function checkNotes(notes: readonly ArrangedNote[], end: number): void {
  const lastOnKey = new Map<number, ArrangedNote>();
  notes.forEach((note, i) => {
    if (i > 0) {
      const before = notes[i - 1];
      expect(note.start > before.start || (note.start === before.start && note.pitch > before.pitch)).toBe(
        true,
      );
    }
    const last = lastOnKey.get(note.pitch);
    if (last) expect(last.start + last.duration).toBeLessThanOrEqual(note.start);
    lastOnKey.set(note.pitch, note);
    expect(note.start + note.duration).toBeLessThanOrEqual(end);
  });
}

/** Share of melody notes that stand in the piano's notes at their tick and pitch. */
export function melodyRecall(take: Arrangement, melody: readonly { start: number; pitch: number }[]): number {
  const places = new Set(take.notes.map((note) => `${note.start} ${note.pitch}`));
  return melody.filter((note) => places.has(`${note.start} ${note.pitch}`)).length / melody.length;
}
