import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SongleafError } from '../../../main/contract/errors.ts';
import { TICKS_PER_BEAT } from '../../../main/contract/grid.ts';
import { correct } from '../../../main/engine/corrections/correct.ts';
import { dragItem, dropItem } from '../../../renderer/features/song/drag.ts';
import { hitTest } from '../../../renderer/features/song/hit.ts';
import { readKey } from '../../../renderer/features/song/timeline-keys.ts';
import { layOutRows, pitchAt, pitchY } from '../../../renderer/features/song/timeline-lanes.ts';
import {
  type Item,
  indexAt,
  type Lane,
  lanes,
  layOutTimeline,
  placeOf,
} from '../../../renderer/features/song/timeline-model.ts';
import { clampView, followMusic, showSpan, zoomAt } from '../../../renderer/features/song/timeline-view.ts';
import { readMaterial } from '../arranger/support/fixtures.ts';
import { expectWhole } from '../corrections/support/check-analysis.ts';
import { closeEnds } from '../corrections/support/close-ends.ts';

const analysis = closeEnds(readMaterial('pop909-004').analysis);
const model = layOutTimeline(analysis);
const width = 900;
const rows = layOutRows(540);
const view = { from: 10, scale: 60 };
const key = (name: string, altKey = false) => ({ key: name, altKey, ctrlKey: false, metaKey: false });

describe('the timeline', () => {
  it('lays everything out in the time of the recording', () => {
    for (const lane of lanes) {
      const items = model.items[lane];
      expect(items.length).toBeGreaterThan(0);
      for (let i = 1; i < items.length; i++) expect(items[i].from).toBeGreaterThanOrEqual(items[i - 1].from);
    }
    expect(model.items.beat[7].from).toBe(analysis.beats[7].time);
    const first = analysis.beats.findIndex(({ position }) => position === 1);
    expect(placeOf(model, first * TICKS_PER_BEAT)).toEqual({ bar: 1, beat: 1 });
    expect(placeOf(model, (first + 5) * TICKS_PER_BEAT + 24)).toEqual({ bar: 2, beat: 2.5 });
  });

  it('finds what lies under a point, and what can be dragged there', () => {
    const x = (item: Item) => (item.from - view.from) * view.scale;
    const inSight = (lane: Lane) => model.items[lane].find((item) => item.from > 12 && item.from < 20)!;
    for (const lane of ['section', 'chord'] as const) {
      const item = model.items[lane].find(({ from }) => from > 12)!;
      const there = { from: item.from - 5, scale: 60 };
      const y = rows[lane].top + 5;
      expect(hitTest(model, there, rows, { x: 302, y })).toEqual({ item, grip: 'start' });
      expect(hitTest(model, there, rows, { x: 320, y })).toEqual({ item, grip: null });
    }
    const beat = inSight('beat');
    expect(hitTest(model, view, rows, { x: x(beat) + 2, y: rows.beat.top + 9 })).toEqual({
      item: beat,
      grip: 'whole',
    });
    const note = inSight('note');
    const y = pitchY(rows.note, analysis.melody[note.index].pitch, model.lowestPitch, model.highestPitch);
    expect(hitTest(model, view, rows, { x: x(note) + 2, y })?.item).toBe(note);
    expect(hitTest(model, view, rows, { x: x(note) + 2, y: y + 60 })).toBeNull();
    expect(pitchAt(rows.note, y, model.lowestPitch, model.highestPitch)).toBe(
      analysis.melody[note.index].pitch,
    );
  });

  it('whatever is dragged where, letting go makes a correction that holds', () => {
    let made = 0;
    const drags = fc.record({
      lane: fc.constantFrom('section', 'beat', 'chord', 'note') as fc.Arbitrary<Lane>,
      place: fc.nat(999).map((n) => n / 1000),
      grip: fc.constantFrom('start', 'end', 'whole') as fc.Arbitrary<'start' | 'end' | 'whole'>,
      seconds: fc.integer({ min: -6000, max: 6000 }).map((n) => n / 1000),
      pitch: fc.option(fc.integer({ min: 50, max: 80 })),
    });
    fc.assert(
      fc.property(drags, ({ lane, place, grip, seconds, pitch }) => {
        const items = model.items[lane];
        const item = items[Math.floor(place * items.length)];
        const isBorder = lane === 'section' || lane === 'chord';
        fc.pre(!isBorder || item.index > 0);
        const moved = dragItem(model, { item, grip: isBorder ? 'start' : grip }, { seconds, pitch });
        const correction = dropItem(model, item, moved);
        if (correction === null) return;
        try {
          expectWhole(correct(analysis, correction));
          made += 1;
        } catch (error) {
          // A note may be dragged beyond the end; everything else is kept inside its neighbours.
          if (!(error instanceof SongleafError) || lane !== 'note') throw error;
        }
      }),
      { numRuns: 300, seed: 11 },
    );
    expect(made).toBeGreaterThan(150);
  });

  it('is walked through, changed and cleared by keyboard', () => {
    const chord = model.items.chord[3];
    const select = (item: Item | undefined) => ({ do: 'select', item });
    expect(readKey(model, null, chord.from + 0.1, key('ArrowRight'))).toEqual(select(chord));
    expect(readKey(model, chord, 0, key('ArrowRight'))).toEqual(select(model.items.chord[4]));
    const below = model.items.key[Math.max(0, indexAt(model.items.key, chord.from + 0.001))];
    expect(readKey(model, chord, 0, key('ArrowDown'))).toEqual(select(below));
    expect(readKey(model, chord, 0, key('ArrowRight', true))).toEqual({
      do: 'correct',
      correction: { kind: 'chord-border', from: chord.start, to: chord.start + 24 },
    });
    const note = model.items.note[2];
    const { start, duration, pitch } = analysis.melody[2];
    expect(readKey(model, note, 0, key('ArrowUp', true))).toEqual({
      do: 'correct',
      correction: { kind: 'note', start, note: { start, duration, pitch: pitch + 1 } },
    });
    expect(readKey(model, note, 0, key('Delete'))).toEqual({
      do: 'correct',
      correction: { kind: 'note', start, note: null },
    });
    expect(readKey(model, chord, 0, key('Enter'))).toEqual({ do: 'edit' });
    expect(readKey(model, chord, 0, key('Tab'))).toBeNull();
    expect(readKey(model, chord, 0, { ...key('z'), ctrlKey: true })).toBeNull();
  });

  it('zooms about a point and never leaves the recording', () => {
    const duration = 200;
    const zoomed = zoomAt(view, 2, 300, width, duration);
    expect(zoomed.from + 300 / zoomed.scale).toBeCloseTo(view.from + 300 / view.scale, 9);
    expect(clampView({ from: -5, scale: 60 }, width, duration)).toEqual({ from: 0, scale: 60 });
    expect(clampView({ from: 500, scale: 1 }, width, duration)).toEqual({ from: 0, scale: width / duration });
    const shown = showSpan(view, { from: 100, to: 102 }, width, duration);
    expect(shown.from).toBeLessThan(100);
    expect(shown.from + width / shown.scale).toBeGreaterThan(102);
    expect(showSpan(view, { from: 15, to: 16 }, width, duration)).toBe(view);
  });
});

describe('the page of the music', () => {
  const view = { from: 20, scale: 50 };
  const follow = (before: number | null, now: number) => followMusic(view, before, now, 500, 100);

  it('is turned at its end', () => {
    expect(follow(29.9, 29.95)).toBeNull();
    expect(follow(30, 30.02)).toEqual({ from: 30.02, scale: 50 });
  });

  it('is turned back where a loop begins before it', () => {
    expect(follow(25, 12)).toEqual({ from: 12, scale: 50 });
    expect(follow(25, 21)).toBeNull();
  });

  it('is left where somebody looks ahead', () => {
    expect(follow(12, 12.02)).toBeNull();
    expect(follow(null, 12)).toBeNull();
  });
});
