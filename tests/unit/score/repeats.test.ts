import { describe, expect, it } from 'vitest';
import type { Section } from '../../../main/contract/analysis.ts';
import type { ArrangedNote } from '../../../main/contract/arrangement.ts';
import { scoreOptionsSchema } from '../../../main/contract/score-options.ts';
import { checkScore } from '../../../main/engine/score/check-score.ts';
import { engrave } from '../../../main/engine/score/engrave.ts';
import { writeMusicXml } from '../../../main/engine/score/musicxml.ts';
import type { Measure, Score } from '../../../main/engine/score/score.ts';
import { makeArrangement, makeBars, note, type Plan } from './arrangements.ts';
import { hasXmllint, validate } from './tools.ts';

const options = scoreOptionsSchema.parse({ repeats: true, pedal: true });
const BAR = 192;

const section = (bar: number, label: string): Section => ({
  start: bar * BAR,
  duration: BAR,
  label,
  confidence: 1,
});

/** A bar of two notes for each pitch. */
function tune(pitches: readonly number[]): ArrangedNote[] {
  return pitches.flatMap((pitch, bar) => [
    note(bar * BAR, 96, pitch, 'melody'),
    note(bar * BAR + 96, 96, pitch + 2, 'melody'),
  ]);
}

function fold(pitches: readonly number[], plan: Plan): Score {
  const bars = makeBars(pitches.map(() => ({ beats: 4 })));
  return engrave(makeArrangement({ bars, notes: tune(pitches), ...plan }), options);
}

/** A measure's first pitch with its signs. */
function show({ voices, repeatStart, repeatEnd, ending }: Measure): string {
  const [first] = voices[0]!.events;
  const pitch = first?.kind === 'chord' ? first.notes[0]!.pitch : 'r';
  return `${repeatStart ? '|:' : ''}${ending ? `${ending.number}.` : ''}${pitch}${repeatEnd ? ':|' : ''}`;
}

/** Measures in the order in which they are played. */
function unfold(measures: readonly Measure[]): Measure[] {
  const played: Measure[] = [];
  let start = 0;
  let time = 1;
  for (let at = 0; at < measures.length; at++) {
    const measure = measures[at]!;
    if (measure.repeatStart && time === 1) start = at;
    if (measure.ending && measure.ending.number !== time) continue;
    played.push(measure);
    if (measure.repeatEnd && time === 1) {
      time = 2;
      at = start - 1;
    } else if (time === 2 && (measure.repeatEnd || measure.ending?.stop)) time = 1;
  }
  return played;
}

const verse = [60, 62, 64, 65];

describe('foldRepeats', () => {
  it('prints once what two sections have in common to the note', () => {
    const { parts } = fold([72, ...verse, ...verse, 70], {
      sections: [section(0, 'Intro'), section(1, 'A'), section(5, 'A'), section(9, 'End')],
    });
    const { measures } = parts[0]!;
    expect(measures.map(show)).toEqual(['72', '|:60', '62', '64', '65:|', '70']);
    expect(measures.map((each) => each.number)).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(measures.map((each) => each.rehearsal)).toEqual(['Intro', 'A', null, null, null, 'End']);
    expect(unfold(measures).map((each) => show(each).replaceAll(/[|:]/g, ''))).toEqual(
      [72, ...verse, ...verse, 70].map(String),
    );
  });

  it('gives last bars that differ an ending each, and both names where there are two', () => {
    const { parts } = fold([...verse, 67, 69, ...verse, 67, 71], {
      sections: [section(0, 'Verse 1'), section(6, 'Verse 2')],
    });
    const { measures } = parts[0]!;
    expect(measures.map(show)).toEqual(['|:60', '62', '64', '65', '67', '1.69:|', '2.71']);
    expect(measures[0]!.rehearsal).toBe('Verse 1, Verse 2');
    expect(measures.at(-1)!.rightBarline).toBe('final');
  });

  it.each([
    ['a bar differs in the middle', [60, 62, 64, 65, 67, 69, 60, 62, 63, 65, 67, 69], 6],
    ['the passage is short', [60, 62, 64, 60, 62, 64], 3],
    [
      'more differs than an ending holds',
      [60, 62, 64, 65, 1, 2, 3, 4, 5, 60, 62, 64, 65, 6, 7, 8, 9, 10].map((p) => p + 40),
      9,
    ],
  ])('leaves it where %s', (_, pitches, second) => {
    const { parts } = fold(pitches, { sections: [section(0, 'A'), section(second, 'A')] });
    expect(parts[0]!.measures).toHaveLength(pitches.length);
    expect(parts[0]!.measures.some((each) => each.repeatEnd)).toBe(false);
  });

  it('leaves it where a note is tied over the seam or the key changes', () => {
    const bars = makeBars(Array.from({ length: 8 }, () => ({ beats: 4 })));
    const sections = [section(0, 'A'), section(4, 'A')];
    const held = [...verse, ...verse].map((pitch, bar) => note(bar * BAR, 192, pitch, 'melody'));
    const tied = held.map((each, bar) => (bar === 3 ? { ...each, pitch: 60, duration: 191 } : each));
    tied[4] = { ...tied[4]!, start: 4 * BAR - 48, duration: 240 };
    tied[3] = { ...tied[3]!, pitch: 65, duration: 144 };
    const { measures } = engrave(makeArrangement({ bars, notes: tied, sections }), options).parts[0]!;
    expect(measures).toHaveLength(8);
    const chordless = engrave(makeArrangement({ bars, notes: held, sections }), options).parts[0]!;
    expect(chordless.measures).toHaveLength(4);
  });

  it('is not done unless asked for', () => {
    const bars = makeBars(Array.from({ length: 8 }, () => ({ beats: 4 })));
    const sections = [section(0, 'A'), section(4, 'A')];
    const score = engrave(makeArrangement({ bars, notes: tune([...verse, ...verse]), sections }));
    expect(score.parts[0]!.measures).toHaveLength(8);
  });

  it.skipIf(!hasXmllint)('is valid, with pedal lines that end at the signs (needs xmllint)', () => {
    const chords = [0, 6].flatMap((bar) =>
      [0, 5].map((root, at) => ({
        start: (bar + 2 * at) * BAR,
        duration: 2 * BAR,
        root,
        quality: 'maj' as const,
        bass: root,
        confidence: 1,
      })),
    );
    const score = fold([...verse, 67, 69, ...verse, 67, 71], {
      sections: [section(0, 'A'), section(6, 'A')],
      chords,
      lead: tune([...verse, 67, 69, ...verse, 67, 71]),
      settings: { melody: 'staff' },
    });
    expect(score.parts.map((part) => part.measures.length)).toEqual([7, 7]);
    expect(score.parts[1]!.measures.every((each) => each.rehearsal === null)).toBe(true);
    const pedal = score.parts[1]!.measures.map(({ directions }) =>
      directions.flatMap(({ mark }) => (mark.kind === 'pedal' ? [mark.action] : [])).join(' '),
    );
    expect(pedal).toEqual(['start', '', 'change', '', 'stop', 'start stop', 'start stop']);
    const xml = writeMusicXml(score, { software: 'test', date: '2025-01-01' });
    expect(validate([xml])).toBe('');
    expect(checkScore(xml)).toEqual([]);
  });
});
