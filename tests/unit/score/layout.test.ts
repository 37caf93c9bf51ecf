import { describe, expect, it } from 'vitest';
import type { Arrangement } from '../../../main/contract/arrangement.ts';
import { type ScoreOptions, scoreOptionsSchema } from '../../../main/contract/score-options.ts';
import { engrave } from '../../../main/engine/score/engrave.ts';
import type { Part } from '../../../main/engine/score/score.ts';
import { makeArrangement, makeBars, note } from './arrangements.ts';

const bars = (count: number) => makeBars(Array.from({ length: count }, () => ({ beats: 4 })));
const BAR = 192;

function piano(arrangement: Arrangement, options: Partial<ScoreOptions> = {}): Part {
  return engrave(arrangement, scoreOptionsSchema.parse(options)).parts.at(-1)!;
}

/** Quarters of one pitch through bars. */
function quarters(from: number, count: number, pitch: number, role: 'melody' | 'bass') {
  return Array.from({ length: count * 4 }, (_, at) => note(from * BAR + at * 48, 48, pitch, role));
}

describe('changeClefs', () => {
  const clefs = (part: Part) =>
    part.measures.flatMap((measure, at) =>
      measure.clefs.map(({ staff, clef }) => `${at} staff ${staff} ${clef}`),
    );

  it('changes where three ledger lines a chord are saved for a bar, and back at the next low bar', () => {
    const left = [
      ...quarters(0, 2, 48, 'bass'),
      ...quarters(2, 1, 71, 'bass'),
      ...quarters(3, 1, 48, 'bass'),
    ];
    const right = quarters(0, 4, 84, 'melody');
    expect(clefs(piano(makeArrangement({ notes: [...left, ...right] })))).toEqual([
      '2 staff 2 treble',
      '3 staff 2 bass',
    ]);
  });

  it('keeps the clef for notes that two ledger lines reach', () => {
    const left = [...quarters(0, 2, 48, 'bass'), ...quarters(2, 2, 64, 'bass')];
    expect(clefs(piano(makeArrangement({ notes: [...left, ...quarters(0, 4, 84, 'melody')] })))).toEqual([]);
  });

  it('stays through bars of rest and bars that would read as well', () => {
    const left = [
      ...quarters(0, 1, 48, 'bass'),
      ...quarters(1, 1, 71, 'bass'),
      ...quarters(3, 1, 71, 'bass'),
      ...quarters(4, 1, 65, 'bass'),
      ...quarters(5, 1, 48, 'bass'),
    ];
    const notes = [...left, ...quarters(0, 6, 88, 'melody')];
    expect(clefs(piano(makeArrangement({ bars: bars(6), notes })))).toEqual([
      '1 staff 2 treble',
      '5 staff 2 bass',
    ]);
  });
});

describe('setOctaveLines', () => {
  const lines = (part: Part) =>
    part.measures.flatMap(({ directions }, at) =>
      directions.flatMap(({ at: place, staff, mark }) =>
        mark.kind === 'octave' ? [`${at}:${place} staff ${staff} ${mark.side} ${mark.action}`] : [],
      ),
    );

  it('runs over a sustained high passage', () => {
    const notes = [
      ...quarters(0, 1, 72, 'melody'),
      ...quarters(1, 2, 96, 'melody'),
      ...quarters(3, 1, 72, 'melody'),
    ];
    expect(lines(piano(makeArrangement({ notes })))).toEqual([
      '1:0 staff 1 above start',
      '2:384 staff 1 above stop',
    ]);
  });

  it('does not for one bar, nor where the passage begins or ends with a tie', () => {
    const short = [...quarters(0, 1, 72, 'melody'), ...quarters(1, 1, 96, 'melody')];
    expect(lines(piano(makeArrangement({ notes: short })))).toEqual([]);
    const tied = [note(144, 96, 96, 'melody'), ...quarters(2, 2, 96, 'melody')];
    expect(lines(piano(makeArrangement({ notes: tied })))).toEqual([
      '2:0 staff 1 above start',
      '3:384 staff 1 above stop',
    ]);
  });

  it('runs under a sustained low passage of the left hand', () => {
    const notes = [
      ...quarters(0, 2, 24, 'bass'),
      ...quarters(0, 4, 72, 'melody'),
      ...quarters(2, 2, 48, 'bass'),
    ];
    expect(lines(piano(makeArrangement({ notes })))).toEqual([
      '0:0 staff 2 below start',
      '1:384 staff 2 below stop',
    ]);
  });
});

describe('setPedal', () => {
  const chord = (start: number, root: number | null) => ({
    start,
    duration: 96,
    root,
    quality: root === null ? null : ('maj' as const),
    bass: root,
    confidence: 1,
  });
  const pedal = (part: Part) =>
    part.measures.flatMap(({ directions }, at) =>
      directions.flatMap(({ at: place, mark }) =>
        mark.kind === 'pedal' ? [`${at}:${place} ${mark.action}`] : [],
      ),
    );

  it('changes with the harmony and lets go before a bar of rest and at the end', () => {
    const notes = [...quarters(0, 1, 48, 'bass'), ...quarters(2, 2, 48, 'bass')];
    const chords = [chord(0, 0), chord(96, 5), chord(150, 5), chord(384, 7), chord(580, 0)];
    expect(pedal(piano(makeArrangement({ notes, chords }), { pedal: true }))).toEqual([
      '0:0 start',
      '0:192 change',
      '0:384 stop',
      '2:0 start',
      '3:0 change',
      '3:384 stop',
    ]);
  });

  it('is not there unless asked for', () => {
    const notes = quarters(0, 4, 48, 'bass');
    expect(pedal(piano(makeArrangement({ notes, chords: [chord(0, 0)] })))).toEqual([]);
  });

  it('waits for the first note', () => {
    const notes = [note(48, 144, 48, 'bass')];
    expect(pedal(piano(makeArrangement({ notes, chords: [chord(0, 0)] }), { pedal: true }))).toEqual([
      '0:96 start',
      '0:384 stop',
    ]);
  });
});

describe('markDynamics', () => {
  const dynamics = (part: Part) =>
    part.measures.flatMap(({ directions }, at) =>
      directions.flatMap(({ mark }) => (mark.kind === 'dynamic' ? [`${at} ${mark.value}`] : [])),
    );
  const section = (bar: number, label: string) => ({ start: bar * BAR, duration: 96, label, confidence: 1 });
  const loud = (...decibels: number[]) => decibels.flatMap((each) => [each, each, each, each]);
  const arrangement = makeArrangement({
    bars: bars(5),
    notes: quarters(0, 5, 72, 'melody'),
    sections: [section(0, 'Intro'), section(1, 'A'), section(2, 'B'), section(4, 'A')],
  });

  it('follow the loudness of the sections, marked where they change', () => {
    const loudness = loud(-8, -1, 4, 3, 3);
    expect(dynamics(piano({ ...arrangement, loudness }))).toEqual(['0 p', '1 mf', '2 f']);
  });

  it('wait for the first note, and give way to those that come before it', () => {
    const notes = [note(2 * BAR + 96, 96, 72, 'melody'), ...quarters(4, 1, 72, 'melody')];
    const part = piano({ ...arrangement, notes, loudness: loud(-8, -1, 4, 3, -8) });
    expect(dynamics(part)).toEqual(['2 f', '4 p']);
    expect(part.measures[2]!.directions).toMatchObject([{ at: 192 }]);
  });

  it('are left out where nothing is known or wanted', () => {
    expect(dynamics(piano(arrangement))).toEqual([]);
    expect(dynamics(piano({ ...arrangement, loudness: loud(0, 0, 0, 0, 0) }, { dynamics: false }))).toEqual(
      [],
    );
  });
});

describe('setFermatas', () => {
  const fermatas = (part: Part) =>
    part.measures.flatMap(({ voices }, at) =>
      voices.flatMap(({ number, events }) =>
        events.flatMap((event) =>
          event.kind !== 'gap' && event.fermata ? [`${at} voice ${number} ${event.kind}`] : [],
        ),
      ),
    );

  it('stand over a last chord that both hands hold', () => {
    const notes = [...quarters(0, 3, 72, 'melody'), note(576, 192, 72, 'melody'), note(576, 192, 48, 'bass')];
    expect(fermatas(piano(makeArrangement({ notes })))).toEqual(['3 voice 1 chord', '3 voice 5 chord']);
  });

  it('stand over the other hand’s bar of rest', () => {
    const notes = [...quarters(0, 3, 72, 'melody'), note(576, 192, 72, 'melody')];
    expect(fermatas(piano(makeArrangement({ notes })))).toEqual(['3 voice 1 chord', '3 voice 5 rest']);
  });

  it.each([
    ['a hand that goes on', [note(576, 192, 72, 'melody' as const), ...quarters(3, 1, 48, 'bass')]],
    ['a short last chord', [note(576, 48, 72, 'melody' as const)]],
  ])('do not stand over %s', (_, notes) => {
    expect(fermatas(piano(makeArrangement({ notes })))).toEqual([]);
  });
});

describe('rollWideChords', () => {
  it('rolls what one hand cannot reach, and nothing else', () => {
    const wide = makeArrangement({
      notes: [0, 96].flatMap((at) => [
        note(at, 96, 36, 'bass'),
        note(at, 96, at === 0 ? 55 : 48, 'bass'),
        note(at, 96, 72),
        note(at, 96, 86, 'melody'),
      ]),
    });
    const [first, second] = piano(wide).measures[0]!.voices.find(({ number }) => number === 5)!.events;
    expect(first).toMatchObject({ kind: 'chord', arpeggio: true, notes: [{ pitch: 36 }, { pitch: 55 }] });
    expect(second).toMatchObject({ kind: 'chord', arpeggio: false });
    const [right] = piano(wide).measures[0]!.voices[0]!.events;
    expect(right).toMatchObject({ kind: 'chord', arpeggio: false });
  });
});

describe('breakSystems', () => {
  const starts = (part: Part) => part.measures.flatMap(({ systemStart }, at) => (systemStart ? [at] : []));
  const section = (bar: number, label: string) => ({ start: bar * BAR, duration: 96, label, confidence: 1 });

  it('takes four plain bars a system and begins one with each section', () => {
    const arrangement = makeArrangement({
      bars: bars(14),
      notes: quarters(0, 14, 72, 'melody'),
      sections: [section(0, 'A'), section(6, 'B')],
    });
    expect(starts(piano(arrangement))).toEqual([3, 6, 10]);
    expect(starts(piano(arrangement, { barsPerSystem: 0 }))).toEqual([]);
    expect(starts(piano(arrangement, { barsPerSystem: 2 }))).toEqual([2, 4, 6, 8, 10, 12]);
  });

  it('counts a pickup with the bar after it', () => {
    const shapes = [{ beats: 1, metreBeats: 4 }, ...Array.from({ length: 8 }, () => ({ beats: 4 }))];
    const arrangement = makeArrangement({ bars: makeBars(shapes), notes: [note(0, 48, 72, 'melody')] });
    expect(starts(piano(arrangement))).toEqual([5]);
  });

  it('gives full bars more room', () => {
    const notes = Array.from({ length: 64 }, (_, at) => note(at * 12, 12, 72, 'melody'));
    expect(starts(piano(makeArrangement({ notes })))).toEqual([2]);
    expect(starts(piano(makeArrangement({ notes }), { largePrint: true }))).toEqual([1, 2, 3]);
  });

  it('gives no system to a stub of a section', () => {
    const arrangement = makeArrangement({
      bars: bars(9),
      notes: quarters(0, 9, 72, 'melody'),
      sections: [section(0, 'A'), section(1, 'B'), section(8, 'C')],
    });
    expect(starts(piano(arrangement))).toEqual([3, 6]);
  });
});
