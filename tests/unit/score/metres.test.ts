import { describe, expect, it } from 'vitest';
import type { Bar } from '../../../main/contract/arrangement.ts';
import { checkScore } from '../../../main/engine/score/check-score.ts';
import { engrave } from '../../../main/engine/score/engrave.ts';
import { importMusic } from '../../../main/engine/score/import/import-music.ts';
import { writeScoreMidi } from '../../../main/engine/score/midi-score.ts';
import { writeMusicXml } from '../../../main/engine/score/musicxml.ts';
import { readMusicXml } from '../../../main/engine/score/read-musicxml.ts';
import { readPrint } from '../../../main/engine/score/reading.ts';
import type { ScoreEvent } from '../../../main/engine/score/score.ts';
import { makeArrangement, makeBars, note } from './arrangements.ts';
import { hasXmllint, validate } from './tools.ts';

const header = { software: 'test', date: '2025-01-31' };

type Metre = Pick<Bar, 'beats'> & Partial<Bar>;

/** Every metre, and the eighths of a bar. */
const metres: [string, Metre, number][] = [
  ['5/8', { beats: 5, unit: 'eighth' }, 5],
  ['7/8', { beats: 7, unit: 'eighth' }, 7],
  ['5/4', { beats: 5 }, 10],
  ['7/4', { beats: 7 }, 14],
  ['2/2', { beats: 4, signature: { beats: 2, beatType: 2 } }, 8],
  ['3/2', { beats: 6, signature: { beats: 3, beatType: 2 } }, 12],
  ['4/8', { beats: 2, signature: { beats: 4, beatType: 8 } }, 4],
  ['3/8', { beats: 1, unit: 'dotted-quarter' }, 3],
  ['9/8', { beats: 3, unit: 'dotted-quarter' }, 9],
  ['12/8', { beats: 4, unit: 'dotted-quarter' }, 12],
];
const eighthTicks = { eighth: 48, quarter: 24, 'dotted-quarter': 16 };

/** Bars of eighths over a bass that holds each bar. */
function make(metre: Metre, eighths: number, bars = 4) {
  const step = eighthTicks[metre.unit ?? 'quarter'];
  return makeArrangement({
    bars: makeBars(Array.from({ length: bars }, () => metre)),
    notes: Array.from({ length: bars }, (_, bar) => [
      note(bar * eighths * step, eighths * step, 48, 'bass'),
      ...Array.from({ length: eighths }, (__, at) =>
        note((bar * eighths + at) * step, step, 72 + (at % 5), 'melody'),
      ),
    ])
      .flat()
      .toSorted((a, b) => a.start - b.start || a.pitch - b.pitch),
    bpm: 120,
  });
}

const signatures = (xml: string) =>
  [...xml.matchAll(/<beats>([^<]*)<\/beats>\s*<beat-type>(\d+)/g)].map((found) => `${found[1]}/${found[2]}`);

/** How many notes each beam of a voice's measure joins. */
function beamSizes(events: readonly ScoreEvent[]): number[] {
  const sizes: number[] = [];
  for (const event of events) {
    const beam = event.kind === 'chord' ? event.beams[0] : undefined;
    if (beam === 'begin') sizes.push(1);
    else if (beam) sizes[sizes.length - 1]!++;
  }
  return sizes;
}

describe.each(metres)('%s', (name, metre, eighths) => {
  const take = make(metre, eighths);

  it('is written, with no finding, and read back from MusicXML and MIDI', () => {
    const xml = writeMusicXml(engrave(take), header);
    expect(signatures(xml)).toEqual([name]);
    expect(checkScore(xml)).toEqual([]);
    if (hasXmllint) expect(validate([xml])).toBe('');
    for (const bytes of [Buffer.from(xml), writeScoreMidi(take)]) {
      const again = importMusic(bytes, 'song.mid');
      expect(again.bars).toEqual(take.bars);
      expect(again.notes.map(({ start, pitch }) => [start, pitch])).toEqual(
        take.notes.map(({ start, pitch }) => [start, pitch]),
      );
      const afresh = writeMusicXml(engrave(again, undefined, readPrint(again)), header);
      expect(signatures(afresh)).toEqual([name]);
      expect(readMusicXml(afresh).map(({ pitch, onset }) => [pitch, onset])).toEqual(
        readMusicXml(xml).map(({ pitch, onset }) => [pitch, onset]),
      );
    }
  });
});

describe('uneven metres', () => {
  const upper = (take: ReturnType<typeof make>) => engrave(take).parts[0]!.measures[0]!.voices[0]!.events;

  it.each([
    ['5/8 as 3+2', { beats: 5, unit: 'eighth' }, 5, [3, 2]],
    ['7/8 as 2+2+3', { beats: 7, unit: 'eighth' }, 7, [2, 2, 3]],
    [
      '5/8 as the file says',
      { beats: 5, unit: 'eighth', signature: { beats: 5, beatType: 8, groups: [2, 3] } },
      5,
      [2, 3],
    ],
    [
      '8/8 as the file says',
      { beats: 8, unit: 'eighth', signature: { beats: 8, beatType: 8, groups: [3, 3, 2] } },
      8,
      [3, 3, 2],
    ],
  ] as [string, Metre, number, number[]][])('beam %s', (_, metre, eighths, sizes) => {
    expect(beamSizes(upper(make(metre, eighths)))).toEqual(sizes);
  });

  it('print stated groups as a sum and read them again', () => {
    const stated = {
      beats: 5,
      unit: 'eighth',
      signature: { beats: 5, beatType: 8, groups: [2, 3] },
    } as const;
    const take = make({ ...stated, signature: { ...stated.signature, groups: [2, 3] } }, 5);
    const xml = writeMusicXml(engrave(take), header);
    expect(signatures(xml)).toEqual(['2+3/8']);
    expect(importMusic(Buffer.from(xml), 'song.musicxml').bars).toEqual(take.bars);
  });

  it('cut a note that fills the bar between the groups', () => {
    const bass = engrave(make({ beats: 5, unit: 'eighth' }, 5)).parts[0]!.measures[0]!.voices[1]!.events;
    expect(bass.map(({ duration }) => duration)).toEqual([144, 96]);
  });

  it('go on at the speed of the eighths where they follow an even metre', () => {
    const take = makeArrangement({
      bars: makeBars([{ beats: 4 }, { beats: 5, unit: 'eighth' }, { beats: 4 }]),
      notes: [note(0, 48, 60), note(192, 48, 62), note(432, 48, 64)],
      bpm: 100,
    });
    const tempos = engrave(take).parts[0]!.measures.map(
      ({ tempo }) => tempo && [tempo.beatUnit, tempo.perMinute],
    );
    expect(tempos).toEqual([
      ['quarter', 100],
      ['eighth', 200],
      ['quarter', 100],
    ]);
  });

  it('are refused where they count 16ths', () => {
    const xml = writeMusicXml(engrave(make({ beats: 5, unit: 'eighth' }, 5)), header).replace(
      '<beat-type>8<',
      '<beat-type>16<',
    );
    expect(() => importMusic(Buffer.from(xml), 'song.musicxml')).toThrow(/does not fit the beat grid/);
  });
});

it('counts halves in 2/2', () => {
  const tempo = engrave(make({ beats: 4, signature: { beats: 2, beatType: 2 } }, 8)).parts[0]!.measures[0]!
    .tempo;
  expect(tempo).toMatchObject({ beatUnit: 'half', perMinute: 60 });
});
