import { describe, expect, it } from 'vitest';
import { defaultScoreOptions } from '../../../main/contract/score-options.ts';
import { scoreOf, scoreTogether } from '../../../main/engine/outputs.ts';
import { checkScore } from '../../../main/engine/score/check-score.ts';
import { compareTakes } from '../../../main/engine/takes/compare-takes.ts';
import { describeTake } from '../../../main/engine/takes/describe-take.ts';
import { codeOf } from '../library/fixtures.ts';
import { makeArrangement, makeBars, note, readArrangement } from '../score/arrangements.ts';

const BAR = 192;

describe('comparing takes', () => {
  it('finds the bars that differ, and how much', () => {
    const one = makeArrangement({
      notes: [note(0, 48, 60), note(BAR, 48, 60), note(BAR, 48, 64), note(2 * BAR, 48, 60)],
    });
    const other = makeArrangement({
      // The same; one of two; only longer; something where the first has nothing.
      notes: [note(0, 48, 60), note(BAR, 48, 60), note(2 * BAR, 96, 60), note(3 * BAR, 48, 60)],
    });
    expect(compareTakes([one, other]).differences).toEqual([0, 0.5, 0.25, 1]);
    expect(compareTakes([one, one, other]).differences).toEqual([0, 0.5, 0.25, 1]);
    expect(compareTakes([one, one]).differences).toEqual([0, 0, 0, 0]);
  });

  it('does not hear loudness as a difference, but the melody staff', () => {
    const one = makeArrangement({ notes: [note(0, 48, 60)], lead: [note(BAR, 48, 72)] });
    const louder = { ...one, notes: [{ ...note(0, 48, 60), velocity: 100 }] };
    expect(compareTakes([one, louder]).differences).toEqual([0, 0, 0, 0]);
    expect(compareTakes([one, { ...one, lead: [] }]).differences).toEqual([0, 1, 0, 0]);
  });

  it('refuses takes of other bars', () => {
    const other = makeArrangement({ bars: makeBars([{ beats: 3 }]) });
    expect(codeOf(() => compareTakes([makeArrangement(), other]))).toBe('analysis-mismatch');
  });

  it('engraves takes one under the other, with names before their staves', () => {
    const take = readArrangement('pop909-001');
    const sung = { ...take, settings: { ...take.settings, melody: 'staff' as const } };
    const { musicxml: xml, staves } = scoreTogether([
      { name: 'One & first', arrangement: take },
      { name: 'Two', arrangement: take },
    ]);
    expect(staves).toEqual([2, 2]);
    expect(scoreTogether([{ name: '', arrangement: sung }]).staves).toEqual([3]);
    expect(checkScore(xml)).toEqual([]);
    expect(xml.match(/<score-part /g)).toHaveLength(2);
    expect(xml).toContain('<part-name>One &amp; first</part-name>');
    // Once, over the top.
    const [first, second] = xml.split('<part id="P2">');
    expect(first).toContain('<metronome');
    expect(second).not.toContain('<metronome');
    expect(second).not.toContain('<harmony');
    expect(second!.match(/<note/g)!.length).toBeGreaterThan(300);
  });

  it('engraves them in the key in which they are read', () => {
    const take = readArrangement('pop909-001');
    const pair = [
      { name: '1', arrangement: take },
      { name: '2', arrangement: take },
    ];
    const first = (xml: string) => /<fifths>(-?\d+)</.exec(xml)?.[1];
    const alone = first(scoreOf(take, { ...defaultScoreOptions, transpose: 2 }));
    expect(first(scoreTogether(pair, 2).musicxml)).toBe(alone);
    expect(first(scoreTogether(pair, 0).musicxml)).not.toBe(alone);
  });
});

describe('what a take is like', () => {
  it('counts notes, reach and thickness of the hands', () => {
    const take = makeArrangement({
      notes: [
        note(0, 96, 40, 'bass'),
        note(0, 48, 52),
        note(0, 48, 72, 'melody'),
        note(48, 48, 64),
        note(48, 48, 74, 'melody'),
      ],
    });
    const { facts, beyondHands, notes, bars, end } = describeTake(take, false);
    // Five notes in a second.
    expect(facts.density.notesPerSecond).toBe(5);
    expect([facts.hands.left.widest, facts.hands.right.widest, beyondHands]).toEqual([12, 10, 0]);
    expect(notes.map(({ hand }) => hand)).toEqual(['left', 'left', 'right', 'right', 'right']);
    expect(bars[1]).toEqual({ start: BAR, step: 12 });
    expect(end).toBe(4 * BAR);
  });

  it('is measured anew where it was mended', () => {
    const written = makeArrangement({ notes: [note(0, 48, 60), note(48, 48, 62)] });
    const { facts } = describeTake(written, true);
    const mended = { ...written, notes: written.notes.slice(1), facts };
    expect(describeTake(mended, false).facts).toEqual(facts);
    expect(describeTake(mended, true).facts.density.notesPerSecond).toBe(2);
  });

  it('tells what two hands cannot hold', () => {
    const tooMany = [60, 62, 64, 65, 67, 69, 71, 72, 74, 76, 77, 79].map((pitch) => note(0, 48, pitch));
    expect(describeTake(makeArrangement({ notes: tooMany }), true).beyondHands).toBeGreaterThan(0);
  });
});
