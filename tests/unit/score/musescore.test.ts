import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseMidi } from 'midi-file';
import { describe, expect, it } from 'vitest';
import type { Arrangement } from '../../../main/contract/arrangement.ts';
import { scoreOptionsSchema } from '../../../main/contract/score-options.ts';
import { engrave } from '../../../main/engine/score/engrave.ts';
import { writeMusicXml } from '../../../main/engine/score/musicxml.ts';
import { writeMxl } from '../../../main/engine/score/mxl.ts';
import type { Score } from '../../../main/engine/score/score.ts';
import { makeArrangement, makeBars, makeEveryMetre, note, readArrangement } from './arrangements.ts';
import { museScore, offscreen, withFolder } from './tools.ts';
import { notesOfPart, noteText, QUARTER } from './written-notes.ts';

/** What MuseScore makes of a file, in another format. */
function convert(input: Uint8Array | string, from: string, to: string): Buffer {
  return withFolder((folder) => {
    const source = join(folder, `in.${from}`);
    const target = join(folder, `out.${to}`);
    writeFileSync(source, input);
    const run = spawnSync(museScore!, ['-o', target, source], { env: offscreen(), encoding: 'utf8' });
    expect(run.status, run.stderr).toBe(0);
    return readFileSync(target);
  });
}

function xmlOf(arrangement: Arrangement): string {
  return writeMusicXml(engrave(arrangement), { software: 'Songleaf test', date: '2025-01-31' });
}

/** Pitch and onset of every note that MuseScore plays, in our divisions. */
function playedBy(midi: Buffer): string[] {
  const { header, tracks } = parseMidi(midi);
  return tracks
    .flatMap((track) => {
      let tick = 0;
      return track.flatMap((event) => {
        tick += event.deltaTime;
        if (event.type !== 'noteOn' || event.velocity === 0) return [];
        return [noteText(event.noteNumber, (tick * QUARTER) / header.ticksPerBeat!)];
      });
    })
    .sort();
}

function engraved(arrangement: Arrangement): string[] {
  return engrave(arrangement)
    .parts.flatMap(notesOfPart)
    .map((each) => noteText(each.pitch, each.onset))
    .sort();
}

/** Pickup, 3/4 to 6/8, triplets of both sizes, two voices, ties over bar lines. */
const everything = makeArrangement({
  bars: makeBars([
    { beats: 1, metreBeats: 3 },
    { beats: 3 },
    { beats: 3 },
    { beats: 2, unit: 'dotted-quarter' },
    { beats: 2, unit: 'dotted-quarter' },
  ]),
  notes: [
    note(0, 48, 67, 'melody'),
    note(48, 16, 69, 'melody'),
    note(64, 16, 71, 'melody'),
    note(80, 16, 72, 'melody'),
    note(96, 192, 76, 'melody'),
    note(120, 24, 64),
    note(144, 48, 65),
    note(192, 24, 62),
    note(216, 8, 60),
    note(224, 8, 62),
    note(232, 8, 64),
    note(48, 144, 43, 'bass'),
    note(192, 144, 48, 'bass'),
    note(336, 16, 74, 'melody'),
    note(352, 8, 72, 'melody'),
    note(360, 8, 71, 'melody'),
    note(368, 16, 69, 'melody'),
    note(384, 96, 67, 'melody'),
  ],
});

/** Clef changes, octave lines over and under, pedal lines, dynamics, fingers, endings. */
const laidOut = makeArrangement({
  bars: makeBars(Array.from({ length: 16 }, () => ({ beats: 4 }))),
  notes: Array.from({ length: 16 }, (_, bar) => {
    const part = bar % 8;
    const [left, right] =
      part < 2 ? [48, 72] : part < 4 ? [71, 96] : part < 6 ? [24, 72] : [48, 72 + (bar === 15 ? 2 : 0)];
    return [0, 48, 96, 144].flatMap((at) => [
      note(bar * 192 + at, 48, left, 'bass'),
      note(bar * 192 + at, 48, right + at / 48, 'melody'),
    ]);
  }).flat(),
  chords: [0, 4, 8, 12].map((bar) => ({
    start: bar * 192,
    duration: 768,
    root: bar % 8,
    quality: 'maj',
    bass: bar % 8,
    confidence: 1,
  })),
  sections: [0, 8].map((bar) => ({ start: bar * 192, duration: 1536, label: 'A', confidence: 1 })),
});
const everyOption = scoreOptionsSchema.parse({ pedal: true, fingering: true, repeats: true, transpose: 2 });

/** Played by an engraved score with one repeat and endings of one bar each. */
function unrolled(score: Score): string[] {
  const [part] = score.parts;
  const last = part!.measures.length - 1;
  expect(part!.measures.map((each) => each.ending?.number ?? 0).slice(-2)).toEqual([1, 2]);
  const body = part!.measures.slice(0, last - 1);
  const measures = [...body, part!.measures[last - 1]!, ...body, part!.measures[last]!];
  return notesOfPart({ ...part!, measures })
    .map((each) => noteText(each.pitch, each.onset))
    .sort();
}

describe.skipIf(museScore === null)('in MuseScore (needs musescore3 or SONGLEAF_MUSESCORE)', () => {
  it.each([
    ['everything at once', everything],
    ['every metre', makeEveryMetre()],
    ['a song', { ...readArrangement('pop909-001'), chords: [] }],
    ['a song with a melody staff', { ...readArrangement('pop909-003'), chords: [] }],
  ])('%s has the same notes', (_, arrangement) => {
    // Without chord symbols: MuseScore plays them.
    expect(playedBy(convert(xmlOf(arrangement), 'musicxml', 'mid'))).toEqual(engraved(arrangement));
  });

  it('what is laid around the notes changes none of them', () => {
    const score = engrave({ ...laidOut, chords: [] }, everyOption);
    const marks = new Set(
      score.parts[0]!.measures.flatMap(({ directions }) => directions.map(({ mark }) => mark.kind)),
    );
    expect([...marks].sort()).toEqual(['octave', 'pedal']);
    expect(score.parts[0]!.measures.some(({ clefs }) => clefs.length > 0)).toBe(true);
    const xml = writeMusicXml(score, { software: 'Songleaf test', date: '2025-01-31' });
    expect(playedBy(convert(xml, 'musicxml', 'mid'))).toEqual(unrolled(score));
  });

  it('compressed opens as well', () => {
    const mxl = writeMxl(xmlOf(everything), 'Everything');
    expect(playedBy(convert(mxl, 'mxl', 'mid'))).toEqual(engraved(everything));
  });

  it('chord symbols, sections and tempo arrive', () => {
    const arrangement = readArrangement('pop909-001');
    const back = convert(xmlOf(arrangement), 'musicxml', 'musicxml').toString('utf8');
    const count = (text: string, tag: string) => text.split(`<${tag}`).length - 1;
    const ours = xmlOf(arrangement);
    for (const tag of [
      'harmony',
      'rehearsal',
      'metronome',
      'measure number',
      'tied type="start"',
      'chord/',
    ]) {
      expect([tag, count(back, tag)]).toEqual([tag, count(ours, tag)]);
    }
  });
});
