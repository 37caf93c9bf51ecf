import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Chord, Key, Section } from '../../../main/contract/analysis.ts';
import { chordQualities } from '../../../main/contract/analysis.ts';
import {
  type ArrangedNote,
  type Arrangement,
  type ArrangeSettings,
  arrangementSchema,
  type Bar,
} from '../../../main/contract/arrangement.ts';

export function readArrangement(name: string): Arrangement {
  const url = new URL(`../../fixtures/arrangements/${name}.json`, import.meta.url);
  return arrangementSchema.parse(JSON.parse(readFileSync(url, 'utf8')));
}

export interface Plan {
  bars?: Bar[];
  notes?: ArrangedNote[];
  lead?: ArrangedNote[];
  keys?: Key[];
  chords?: Chord[];
  sections?: Section[];
  settings?: Partial<ArrangeSettings>;
  beatTimes?: number[];
  bpm?: number;
  title?: string;
}

/** An arrangement that is valid by the contract, with four bars of 4/4 in C where the plan says nothing. */
export function makeArrangement(plan: Plan = {}): Arrangement {
  const bars = plan.bars ?? makeBars([{ beats: 4 }, { beats: 4 }, { beats: 4 }, { beats: 4 }]);
  const last = bars[bars.length - 1]!;
  const beats = last.start / 48 + last.beats;
  return arrangementSchema.parse({
    format: 'songleaf-arrangement',
    version: 1,
    engine: 'test',
    song: { hash: '0'.repeat(64), title: plan.title ?? 'Test', artist: 'Nobody', album: '', duration: 60 },
    settings: plan.settings ?? {},
    beatTimes: plan.beatTimes ?? Array.from({ length: beats + 1 }, (_, beat) => 1 + beat * 0.5),
    bpm: plan.bpm ?? 120,
    bars,
    metres: [{ start: 0, beats: bars[0]!.metreBeats, unit: bars[0]!.unit, confidence: 1 }],
    keys: plan.keys ?? [{ start: 0, tonic: 0, mode: 'major', confidence: 1 }],
    chords: plan.chords ?? [],
    sections: plan.sections ?? [],
    notes: plan.notes ?? [],
    lead: plan.lead ?? [],
  });
}

export function makeBars(shapes: (Pick<Bar, 'beats'> & Partial<Bar>)[]): Bar[] {
  let start = 0;
  return shapes.map(({ beats, metreBeats = beats, unit = 'quarter', signature }) => {
    const bar = { start, beats, metreBeats, unit, ...(signature ? { signature } : {}) };
    start += beats * 48;
    return bar;
  });
}

/** A pickup to 3/4, then 6/8, 5/8, 7/8, 2/2, 3/8 and 5/4: eighths over a bass that is held, with a tie over bar lines. */
export function makeEveryMetre(): Arrangement {
  const bars = makeBars([
    { beats: 1, metreBeats: 3 },
    { beats: 3 },
    { beats: 2, unit: 'dotted-quarter' },
    { beats: 5, unit: 'eighth' },
    { beats: 7, unit: 'eighth' },
    { beats: 4, signature: { beats: 2, beatType: 2 } },
    { beats: 1, unit: 'dotted-quarter' },
    { beats: 5 },
  ]);
  const eighth = { eighth: 48, quarter: 24, 'dotted-quarter': 16 };
  const upper = bars.flatMap(({ start, beats, unit }) =>
    Array.from({ length: (beats * 48) / eighth[unit] }, (_, at) =>
      note(start + at * eighth[unit], eighth[unit], 67 + ((at * 5) % 12), 'melody'),
    ),
  );
  const lower = bars
    .slice(1, -1)
    .map(({ start, beats }, at) =>
      note(start, at === 2 ? beats * 48 + 96 : beats * 48 - 24, 43 + at, 'bass'),
    );
  return makeArrangement({ bars, notes: tidyNotes([...upper, ...lower]) });
}

export function note(
  start: number,
  duration: number,
  pitch: number,
  role: ArrangedNote['role'] = 'inner',
): ArrangedNote {
  return { start, duration, pitch, role, velocity: 80 };
}

/** Sorted, and no key sounding twice: what the contract asks of notes. */
export function tidyNotes(notes: readonly ArrangedNote[]): ArrangedNote[] {
  const sorted = [...notes].sort((a, b) => a.start - b.start || a.pitch - b.pitch);
  const kept: ArrangedNote[] = [];
  const onKey = new Map<number, ArrangedNote>();
  for (const each of sorted) {
    const before = onKey.get(each.pitch);
    if (before?.start === each.start) continue;
    if (before) before.duration = Math.min(before.duration, each.start - before.start);
    const copy = { ...each };
    onKey.set(each.pitch, copy);
    kept.push(copy);
  }
  return kept;
}

const metres = [
  { beats: 4 },
  { beats: 3 },
  { beats: 2, unit: 'dotted-quarter' as const },
  { beats: 2 },
  { beats: 5 },
  { beats: 4, unit: 'dotted-quarter' as const },
  { beats: 5, unit: 'eighth' as const },
  { beats: 7, unit: 'eighth' as const },
  { beats: 8, unit: 'eighth' as const, signature: { beats: 8, beatType: 8 as const, groups: [3, 3, 2] } },
  { beats: 4, signature: { beats: 2, beatType: 2 as const } },
  { beats: 6, signature: { beats: 3, beatType: 2 as const } },
];

/** Up to three metres in a row, the first bar perhaps a pickup. */
const anyBars: fc.Arbitrary<Bar[]> = fc
  .record({
    runs: fc.array(fc.record({ metre: fc.constantFrom(...metres), bars: fc.integer({ min: 1, max: 3 }) }), {
      minLength: 1,
      maxLength: 3,
    }),
    pickup: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ runs, pickup }) => {
    const first = runs[0]!.metre;
    const own = pickup % first.beats;
    const shapes = runs.flatMap(({ metre, bars }) => Array.from({ length: bars }, () => metre));
    return makeBars(own > 0 ? [{ ...first, beats: own, metreBeats: first.beats }, ...shapes] : shapes);
  });

/** Steps of a beat that can be written: 16ths mostly, triplets, 32nds. */
const stepsOf: Record<Bar['unit'], number[]> = {
  eighth: [48, 24, 24, 12],
  quarter: [12, 12, 12, 24, 48, 16, 8, 6],
  'dotted-quarter': [16, 16, 8, 48, 4],
};

const anyRole = fc.constantFrom<ArrangedNote['role']>('melody', 'inner', 'inner', 'bass');

function anyNotes(bars: readonly Bar[], onGrid: boolean): fc.Arbitrary<ArrangedNote[]> {
  const beats = bars.flatMap((bar) =>
    Array.from({ length: bar.beats }, (_, beat) => ({ tick: bar.start + beat * 48, unit: bar.unit })),
  );
  const end = beats[beats.length - 1]!.tick + 48;
  const perBeat = beats.map(({ tick, unit }) =>
    fc
      .record({
        step: fc.constantFrom(...stepsOf[unit]),
        raw: fc.array(
          fc.record({
            place: fc.nat(47),
            length: fc.integer({ min: 1, max: 200 }),
            pitch: fc.integer({ min: 30, max: 96 }),
            role: anyRole,
          }),
          { maxLength: 7 },
        ),
      })
      .map(({ step, raw }) =>
        raw.map(({ place, length, pitch, role }) => {
          const start = tick + (onGrid ? Math.floor(place / step) * step : place);
          const duration = onGrid ? Math.ceil(length / step) * step : length;
          return note(start, Math.min(duration, end - start), pitch, role);
        }),
      ),
  );
  return fc.tuple(...perBeat).map((lists) => tidyNotes(lists.flat()));
}

const anyChords = (bars: readonly Bar[]): fc.Arbitrary<Chord[]> =>
  fc
    .array(
      fc.record({
        beat: fc.nat(bars[bars.length - 1]!.start / 48),
        place: fc.constantFrom(0, 24, 16, 7),
        root: fc.nat(11),
        quality: fc.option(fc.constantFrom(...chordQualities), { freq: 8 }),
        bass: fc.nat(11),
      }),
      { maxLength: 8 },
    )
    .map((list) =>
      list
        .map(({ beat, place, root, quality, bass }) => ({
          start: beat * 48 + place,
          duration: 48,
          root: quality === null ? null : root,
          quality,
          bass: quality === null ? null : bass % 3 === 0 ? bass : root,
          confidence: 1,
        }))
        .sort((a, b) => a.start - b.start),
    );

/** Arrangements of every metre and key, from empty bars to more notes than hands could play. */
export function anyArrangement({ onGrid = true } = {}): fc.Arbitrary<Arrangement> {
  return anyBars.chain((bars) =>
    fc
      .record({
        notes: anyNotes(bars, onGrid),
        lead: fc.option(anyNotes(bars, onGrid), { freq: 3, nil: [] }),
        chords: anyChords(bars),
        keys: fc.array(
          fc.record({
            start: fc.constantFrom(...bars.map((bar) => bar.start)),
            tonic: fc.nat(11),
            mode: fc.constantFrom<Key['mode']>('major', 'minor'),
            confidence: fc.constant(1),
          }),
          { minLength: 1, maxLength: 3 },
        ),
        sections: fc.array(
          fc.record({
            start: fc.constantFrom(...bars.map((bar) => bar.start)),
            duration: fc.constant(96),
            label: fc.string({ minLength: 1, maxLength: 8, unit: 'binary' }),
            confidence: fc.constant(1),
          }),
          { maxLength: 3 },
        ),
        title: fc.string({ unit: 'binary', maxLength: 20 }),
        level: fc.constantFrom<ArrangeSettings['level']>('easy', 'intermediate', 'full'),
      })
      .map(({ level, lead, ...plan }) =>
        makeArrangement({
          ...plan,
          lead,
          bars,
          settings: { level, melody: lead.length > 0 ? 'staff' : 'include' },
        }),
      ),
  );
}
