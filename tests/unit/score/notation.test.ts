import { describe, expect, it } from 'vitest';
import type { ArrangedNote } from '../../../main/contract/arrangement.ts';
import { engrave } from '../../../main/engine/score/engrave.ts';
import { handLimits } from '../../../main/engine/score/hand-limits.ts';
import type { Reading } from '../../../main/engine/score/reading.ts';
import { makeArrangement, makeBars, note, type Plan } from './arrangements.ts';

const high = (start: number, duration: number, pitch = 72): ArrangedNote =>
  note(start, duration, pitch, 'melody');

describe('beams', () => {
  function beams(plan: Plan, reading?: Reading): string {
    const { events } = engrave(makeArrangement(plan), undefined, reading).parts[0]!.measures[0]!.voices[0]!;
    const short = { begin: '[', continue: '-', end: ']', 'forward hook': '>', 'backward hook': '<' };
    return events
      .map((event) =>
        event.kind === 'chord' ? event.beams.map((state) => short[state]).join('') || '.' : 'r',
      )
      .join(' ');
  }
  const eighths = (count: number) => Array.from({ length: count }, (_, at) => high(at * 24, 24));

  it('join eighths through half a bar of 4/4 and a bar of 3/4', () => {
    expect(beams({ notes: eighths(8) })).toBe('[ - - ] [ - - ]');
    expect(beams({ bars: makeBars([{ beats: 3 }]), notes: eighths(6) })).toBe('[ - - - - ]');
  });

  it('stay in the beat with shorter notes, and say which way a lone 16th belongs', () => {
    const notes = [
      high(0, 36),
      high(36, 12),
      high(48, 12),
      high(60, 36),
      high(96, 12),
      high(108, 24),
      high(132, 12),
    ];
    expect(beams({ notes: [...notes, high(144, 48)] })).toBe('[ ]< [> ] [> - ]< .');
  });

  it('join eighths over a beat in half a bar of four, also behind a rest', () => {
    const eighths = [24, 48, 72].map((at) => high(at, 24));
    expect(beams({ notes: [...eighths, high(96, 96)] })).toBe('r [ - ] .');
  });

  it('leave two eighths apart that meet over a beat of three', () => {
    const bars = makeBars([{ beats: 3 }]);
    expect(beams({ bars, notes: [high(24, 24), high(48, 24), high(96, 48)] })).toBe('r . . r .');
  });

  it('go on over a short rest inside a beat', () => {
    const notes = [high(0, 12), high(24, 12), high(48, 48)];
    const reading: Reading = { limits: handLimits.full, durations: 'written' };
    expect(beams({ notes }, reading)).toBe('[[ r ]] r . r');
  });

  it('break at rests', () => {
    expect(beams({ notes: [high(0, 24), high(48, 24), high(72, 24), high(96, 96)] })).toBe('. r [ ] .');
  });

  it('join three eighths in 6/8', () => {
    const bars = makeBars([{ beats: 2, unit: 'dotted-quarter' }]);
    const notes = Array.from({ length: 6 }, (_, at) => high(at * 16, 16));
    expect(beams({ bars, notes })).toBe('[ - ] [ - ]');
  });
});

describe('accidentals', () => {
  function printed(notes: ArrangedNote[], tonic: number, measure = 0): (string | null)[] {
    // F sharp over D major, F over F major: no doubt about the letter.
    const chords = notes.map(({ start, duration, pitch }) => {
      const root = pitch % 12 === 6 ? 2 : 5;
      return { start, duration, root, quality: 'maj' as const, bass: root, confidence: 1 };
    });
    const plan: Plan = { notes, chords, keys: [{ start: 0, tonic, mode: 'major', confidence: 1 }] };
    const { events } = engrave(makeArrangement(plan)).parts[0]!.measures[measure]!.voices[0]!;
    return events.flatMap((event) =>
      event.kind === 'chord'
        ? event.notes.map(({ step, accidental }) => (accidental ? `${step} ${accidental}` : null))
        : [],
    );
  }

  it('are printed where neither signature nor bar says them', () => {
    const notes = [66, 66, 65, 66].map((pitch, at) => high(at * 48, 48, pitch));
    expect(printed(notes, 0)).toEqual(['F sharp', null, 'F natural', 'F sharp']);
    expect(printed(notes, 7)).toEqual([null, null, 'F natural', 'F sharp']);
  });

  it('are not repeated on a tie, and are needed again after it', () => {
    const notes = [high(144, 96, 66), high(240, 48, 66), high(288, 96, 65)];
    expect(printed(notes, 0, 0)).toEqual(['F sharp']);
    expect(printed(notes, 0, 1)).toEqual([null, 'F sharp', 'F natural']);
  });

  it('hold for their octave only, and remind in another', () => {
    const notes = [high(0, 48, 66), high(48, 48, 77), high(96, 48, 77), high(144, 48, 78)];
    expect(printed(notes, 0)).toEqual(['F sharp', 'F natural', null, 'F sharp']);
  });

  it('remind in the next bar of what was altered, once', () => {
    const notes = [high(0, 192, 66), high(192, 96, 65), high(288, 96, 65), high(384, 192, 65)];
    expect(printed(notes, 0, 1)).toEqual(['F natural', null]);
    expect(printed(notes, 0, 2)).toEqual([null]);
    const natural = [high(0, 192, 65), high(192, 192, 66)];
    expect(printed(natural, 7, 1)).toEqual(['F sharp']);
  });

  it('remind after a tie has carried an alteration over the bar line', () => {
    const notes = [high(96, 192, 66), high(288, 96, 65), high(384, 192, 65)];
    expect(printed(notes, 0, 1)).toEqual([null, 'F natural']);
    expect(printed(notes, 0, 2)).toEqual([null]);
  });

  it('are both printed where one letter sounds twice', () => {
    const notes = [high(0, 96, 78), high(0, 96, 77), high(96, 96, 78)];
    expect(printed(notes, 0)).toEqual(['F natural', 'F sharp', 'F sharp']);
  });
});

describe('marks', () => {
  it('changes the signature only for keys that last eight bars', () => {
    const bars = makeBars(Array.from({ length: 20 }, () => ({ beats: 4 })));
    const key = (bar: number, tonic: number) => ({
      start: bar * 192,
      tonic,
      mode: 'major' as const,
      confidence: 1,
    });
    const keys = [key(0, 0), key(8, 2), key(10, 7)];
    const { measures } = engrave(makeArrangement({ bars, keys })).parts[0]!;
    const changes = measures.flatMap((each, at) => (each.key ? [[at, each.key.fifths]] : []));
    expect(changes).toEqual([
      [0, 0],
      [10, 1],
    ]);
    expect(measures.flatMap((each, at) => (each.rightBarline === 'double' ? [at] : []))).toEqual([9]);
  });

  it('reads a short stay in a far key on the side of the signature', () => {
    const bars = makeBars(Array.from({ length: 12 }, () => ({ beats: 4 })));
    const keys = [
      { start: 0, tonic: 6, mode: 'major' as const, confidence: 1 },
      { start: 11 * 192, tonic: 11, mode: 'major' as const, confidence: 1 },
    ];
    const home = [66, 70, 73].map((pitch) => high(10 * 192, 192, pitch));
    const away = [71, 75, 78].map((pitch) => high(11 * 192, 192, pitch));
    const { measures } = engrave(makeArrangement({ bars, keys, notes: [...home, ...away] })).parts[0]!;
    const [event] = measures[11]!.voices[0]!.events;
    expect(event?.kind === 'chord' && { ...event, notes: event.notes.slice(0, 1) }).toMatchObject({
      notes: [{ step: 'C', alter: -1, octave: 5, accidental: null }],
    });
  });

  it('marks sections at bar lines, with double bars before them', () => {
    const section = (start: number, label: string) => ({ start, duration: 96, label, confidence: 1 });
    const { measures } = engrave(
      makeArrangement({ sections: [section(0, 'Intro'), section(390, 'Verse'), section(400, 'x')] }),
    ).parts[0]!;
    expect(measures.map((each) => each.rehearsal)).toEqual(['Intro', null, 'Verse, x', null]);
    expect(measures.map((each) => each.rightBarline)).toEqual(['single', 'double', 'single', 'final']);
  });

  it('marks the tempo once, and again for another beat', () => {
    const bars = makeBars([{ beats: 4 }, { beats: 3 }, { beats: 2, unit: 'dotted-quarter' }]);
    const { measures } = engrave(makeArrangement({ bars, bpm: 96 })).parts[0]!;
    expect(measures.map((each) => each.tempo?.beatUnit ?? null)).toEqual(['quarter', null, 'dotted-quarter']);
    expect(measures.map((each) => each.time)).toEqual([
      { beats: 4, beatType: 4 },
      { beats: 3, beatType: 4 },
      { beats: 6, beatType: 8 },
    ]);
  });

  it('writes chord symbols where they change, spelled in the key', () => {
    const chord = (
      start: number,
      root: number | null,
      quality: 'maj' | 'min7' | null = 'maj',
      bass = root,
    ) => ({
      start,
      duration: 48,
      root,
      quality: root === null ? null : quality,
      bass,
      confidence: 1,
    });
    const chords = [
      chord(0, null),
      chord(10, 10),
      chord(96, 10),
      chord(192, 3, 'min7', 10),
      chord(288, null),
    ];
    const keys = [{ start: 0, tonic: 10, mode: 'major' as const, confidence: 1 }];
    const { measures } = engrave(makeArrangement({ chords, keys })).parts[0]!;
    const symbols = measures.flatMap(({ harmonies }, at) =>
      harmonies.map((each) => [
        at,
        each.at,
        `${each.root?.step ?? ''}${each.root?.alter ?? ''}${each.text}`,
        each.bass?.step,
      ]),
    );
    expect(symbols).toEqual([
      [0, 0, 'B-1', undefined],
      [1, 0, 'E-1m7', 'B'],
      [1, 192, 'N.C.', undefined],
    ]);
  });
});
