import { describe, expect, it } from 'vitest';
import type { ArrangedNote, Arrangement } from '../../../main/contract/arrangement.ts';
import { engrave } from '../../../main/engine/score/engrave.ts';
import type { ScoreEvent } from '../../../main/engine/score/score.ts';
import { makeArrangement, makeBars, note, type Plan } from './arrangements.ts';

/** One voice of one measure in short: value, dots, `3` in a triplet, `~` where tied on; rests `r`, gaps `_`. */
function show(events: readonly ScoreEvent[]): string {
  const letters = { whole: '1', half: '2', quarter: '4', eighth: '8', '16th': '16', '32nd': '32' };
  return events
    .map((event) => {
      if (event.kind === 'gap') return `_${event.duration}`;
      if (event.kind === 'rest' && event.wholeMeasure) return 'R';
      const value = `${letters[event.type]}${'.'.repeat(event.dots)}${event.tuplet ? 't' : ''}`;
      if (event.kind === 'rest') return `r${value}`;
      const tie = event.notes[0]!.tieStart ? '~' : '';
      return `${value}${tie}`;
    })
    .join(' ');
}

function voicesOf(arrangement: Arrangement, measure = 0): Record<number, string> {
  const piano = engrave(arrangement).parts.at(-1)!;
  return Object.fromEntries(
    piano.measures[measure]!.voices.map((voice) => [voice.number, show(voice.events)]),
  );
}

function rightHand(plan: Plan, measure = 0): string {
  return voicesOf(makeArrangement(plan), measure)[1]!;
}

const high = (start: number, duration: number, pitch = 72): ArrangedNote =>
  note(start, duration, pitch, 'melody');

describe('note values', () => {
  it.each([
    ['a whole bar', [high(0, 192)], '1'],
    ['a dotted half on the first beat', [high(0, 144), high(144, 48)], '2. 4'],
    ['the middle of the bar', [high(0, 48), high(48, 96), high(144, 48)], '4 4~ 4 4'],
    ['a syncopated quarter', [high(0, 24), high(24, 48), high(72, 24), high(96, 96)], '8 4 8 2'],
    ['16ths around an eighth', [high(0, 12), high(12, 24), high(36, 12), high(48, 144)], '16 8 16 4~ 2'],
    ['a 16th tied over the beat', [high(0, 36), high(36, 36), high(72, 24), high(96, 96)], '8. 16~ 8 8 2'],
    ['rests on their own levels', [high(24, 24), high(144, 48)], 'r8 8 r4 r4 4'],
    ['a half rest in one half', [high(0, 96)], '2 r2'],
    ['a gap of less than an eighth', [high(0, 36), high(48, 36), high(96, 84)], '4 4 2'],
    ['a gap of an eighth', [high(0, 24), high(48, 24), high(96, 96)], '8 r8 8 r8 2'],
    ['a short 16th before a rest', [high(0, 12), high(96, 96)], '8 r8 r4 2'],
    ['32nds where the grid has them', [high(0, 6), high(6, 6), high(12, 36), high(48, 144)], '32 32 8. 4~ 2'],
  ])('shows %s', (_, notes, expected) => {
    expect(rightHand({ notes })).toBe(expected);
  });

  it.each([
    ['a triplet', [high(0, 16), high(16, 16), high(32, 16), high(48, 144)], '8t 8t 8t 4~ 2'],
    ['a triplet quarter', [high(0, 32), high(32, 16), high(48, 144)], '4t 8t 4~ 2'],
    ['a rest in a triplet', [high(0, 12), high(32, 16), high(48, 144)], '4t 8t 4~ 2'],
    ['a triplet that begins with a rest', [high(16, 16), high(32, 16), high(48, 144)], 'r8t 8t 8t 4~ 2'],
    [
      'a triplet of 16ths in half a beat',
      [high(0, 24), high(24, 8), high(32, 8), high(40, 8), high(48, 144)],
      '8 16t 16t 16t 4~ 2',
    ],
    [
      'a triplet over two beats, beat by beat',
      [high(0, 32), high(32, 32), high(64, 32), high(96, 96)],
      '4t 8t~ 8t 4t 2',
    ],
  ])('shows %s', (_, notes, expected) => {
    expect(rightHand({ notes })).toBe(expected);
  });

  it('writes no 32nds for a beat in which a triplet melody meets 16ths', () => {
    const melody = [0, 16, 32].map((start) => high(start, 16));
    const filling = [12, 24, 36].map((start) => note(start, 12, 64));
    expect(rightHand({ notes: [...melody, ...filling, high(48, 144)] })).toBe('8t 8t 8t 4~ 2');
    const more = [0, 12, 24, 36].map((start) => note(start, 12, 64));
    expect(rightHand({ notes: [...more, note(16, 8, 60), high(48, 144)] })).toBe('16 16 16 16 4~ 2');
  });

  it('brackets triplets that no beam holds together', () => {
    const events = engrave(
      makeArrangement({
        notes: [high(0, 16), high(16, 16), high(32, 16), high(48, 32), high(80, 16), high(96, 96)],
      }),
    ).parts[0]!.measures[0]!.voices[0]!.events;
    const edges = events.map((event) => (event.kind === 'gap' ? null : event.tuplet));
    expect(edges.slice(0, 5).map((tuplet) => [tuplet!.edge, tuplet!.bracket])).toEqual([
      ['start', false],
      [null, false],
      ['stop', false],
      ['start', true],
      ['stop', false],
    ]);
  });

  it.each([
    ['dotted quarters as beats', [high(0, 48), high(48, 48)], '4. 4.'],
    [
      'eighths and 16ths',
      [high(0, 16), high(16, 8), high(24, 8), high(32, 16), high(48, 48)],
      '8 16 16 8 4.',
    ],
    ['no note across the middle', [high(0, 64), high(64, 32)], '4.~ 8 4'],
    ['a whole bar', [high(0, 96)], '2.'],
    ['half a beat as a dotted eighth', [high(0, 24), high(24, 24), high(48, 48)], '8. 8. 4.'],
    ['rests as eighths', [high(0, 16), high(48, 48)], '8 r8 r8 4.'],
  ])('shows 6/8: %s', (_, notes, expected) => {
    expect(rightHand({ bars: makeBars([{ beats: 2, unit: 'dotted-quarter' }]), notes })).toBe(expected);
  });

  it('ties a note over bar lines', () => {
    const arrangement = makeArrangement({ notes: [high(144, 96)] });
    expect(voicesOf(arrangement, 0)[1]).toBe('r2 r4 4~');
    expect(voicesOf(arrangement, 1)[1]).toBe('4 r4 r2');
    expect(voicesOf(arrangement, 2)[1]).toBe('R');
  });

  it('keeps the beats of a pickup where they are in a whole bar', () => {
    const bars = makeBars([{ beats: 3, metreBeats: 4 }, { beats: 4 }]);
    // Beats 2 to 4: a half note from beat 2 would hide beat 3.
    expect(rightHand({ bars, notes: [high(0, 96), high(96, 48)] })).toBe('4~ 4 4');
    expect(
      engrave(makeArrangement({ bars })).parts[0]!.measures.map((each) => [each.number, each.implicit]),
    ).toEqual([
      ['0', true],
      ['1', false],
    ]);
  });
});

describe('voices', () => {
  it('needs one voice where notes go together or only the pedal holds them', () => {
    const arpeggio = [43, 50, 55, 57].map((pitch, at) => note(at * 24, 96 - at * 24, pitch));
    const melody = [79, 81].map((pitch, at) => high(at * 96, 96, pitch));
    expect(voicesOf(makeArrangement({ notes: [...arpeggio, ...melody] }))).toEqual({
      1: '2 2',
      5: '8 8 8 8 r2',
    });
  });

  it('gives a held melody a voice of its own over moving notes', () => {
    const moving = [64, 65, 67, 65].map((pitch, at) => note(at * 48, 48, pitch));
    const basses = [36, 43, 36, 43].map((pitch, at) => note(at * 48, 48, pitch, 'bass'));
    const voices = voicesOf(makeArrangement({ notes: [high(0, 192, 72), ...moving, ...basses] }));
    expect(voices).toEqual({ 1: '1', 2: '4 4 4 4', 5: '4 4 4 4' });
  });

  it('leaves gaps instead of rests in a second voice, and sets stems apart', () => {
    const basses = [36, 43, 36, 43].map((pitch, at) => note(at * 48, 48, pitch, 'bass'));
    const inner = [note(48, 48, 67), note(96, 48, 65), note(144, 24, 67)];
    const notes = [high(0, 192, 74), ...inner, ...basses];
    const { voices } = engrave(makeArrangement({ notes })).parts[0]!.measures[0]!;
    expect(show(voices[1]!.events)).toBe('_96 4 4 8 _48');
    const stems = voices
      .slice(0, 2)
      .map(({ events }) => events.map((each) => (each.kind === 'chord' ? each.stem : null)));
    expect(stems).toEqual([['up'], [null, 'down', 'down', 'down', null]]);
  });

  it('never takes more than two voices, and shortens what rings', () => {
    const notes = [
      note(0, 192, 60),
      note(48, 144, 64),
      note(96, 96, 67),
      high(0, 48, 71),
      high(48, 48, 72),
      high(96, 48, 74),
      high(144, 48, 72),
    ];
    const voices = voicesOf(makeArrangement({ notes }));
    expect(Object.keys(voices).filter((each) => each === '1' || each === '2').length).toBeLessThanOrEqual(2);
  });

  it('puts the melody on a staff of its own above the piano', () => {
    const chords = [{ start: 0, duration: 192, root: 0, quality: 'maj' as const, bass: 0, confidence: 1 }];
    const { parts } = engrave(
      makeArrangement({
        notes: [note(0, 96, 48)],
        lead: [high(0, 192)],
        chords,
        settings: { melody: 'staff' },
      }),
    );
    expect(parts.map(({ id, staves }) => [id, staves])).toEqual([
      ['P1', 1],
      ['P2', 2],
    ]);
    expect(parts[0]!.measures[0]!.harmonies).toHaveLength(1);
    expect(parts[1]!.measures[0]!.harmonies).toEqual([]);
    expect(parts[1]!.measures[0]!.tempo).toBeNull();
  });
});
