import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { arrangementSchema } from '../../../main/contract/arrangement.ts';
import { checkScore } from '../../../main/engine/score/check-score.ts';
import { engrave } from '../../../main/engine/score/engrave.ts';
import { findMetre } from '../../../main/engine/score/import/find-metre.ts';
import { importMusic } from '../../../main/engine/score/import/import-music.ts';
import { Order, type TimedEvent, writeMidiFile } from '../../../main/engine/score/midi-file.ts';
import { writeScoreMidi } from '../../../main/engine/score/midi-score.ts';
import { writeMusicXml } from '../../../main/engine/score/musicxml.ts';
import { writeMxl } from '../../../main/engine/score/mxl.ts';
import { readMusicXml } from '../../../main/engine/score/read-musicxml.ts';
import { readPrint } from '../../../main/engine/score/reading.ts';
import { makeArrangement, makeBars, note, readArrangement } from './arrangements.ts';

const header = { software: 'test', date: '2025-01-31' };

function engraved(bytes: Uint8Array): string {
  const arrangement = importMusic(bytes, 'song.mid');
  arrangementSchema.parse(arrangement);
  return writeMusicXml(engrave(arrangement, undefined, readPrint(arrangement)), header);
}

const sounding = (xml: string) =>
  readMusicXml(xml)
    .map(({ pitch, onset }) => `${pitch}@${onset.toFixed(3)}`)
    .sort();

/** A pickup, 3/4, then 6/8; a bass of chords under a melody. */
const mixed = makeArrangement({
  title: 'Ländler & Co.',
  bars: makeBars([
    { beats: 1, metreBeats: 3 },
    { beats: 3 },
    { beats: 3 },
    { beats: 2, unit: 'dotted-quarter' },
    { beats: 2, unit: 'dotted-quarter' },
  ]),
  notes: [
    note(0, 48, 67, 'melody'),
    ...[72, 74, 76].map((pitch, at) => note(48 + at * 48, 48, pitch, 'melody')),
    ...[48, 55, 60].map((pitch) => note(48, 144, pitch)),
    note(192, 144, 77, 'melody'),
    ...[43, 53, 59].map((pitch) => note(192, 144, pitch)),
    ...[76, 74, 72, 71, 69, 67].map((pitch, at) => note(336 + at * 16, 16, pitch, 'melody')),
    note(336, 96, 43, 'bass'),
    note(432, 96, 72, 'melody'),
    note(432, 96, 48, 'bass'),
  ],
});

/** A document of parts of one staff each, with a whole note in its one measure. */
function partsOf(...steps: string[]): Uint8Array {
  const parts = steps.map(
    (step, at) =>
      `<part id="P${at}"><measure number="1">${at === 0 ? '<attributes><divisions>1</divisions><time><beats>4</beats><beat-type>4</beat-type></time></attributes>' : '<attributes><divisions>1</divisions></attributes>'}<note><pitch><step>${step}</step><octave>4</octave></pitch><duration>4</duration><type>whole</type></note></measure></part>`,
  );
  const list = steps.map((_, at) => `<score-part id="P${at}"><part-name>${at}</part-name></score-part>`);
  return strToU8(
    `<score-partwise version="4.0"><part-list>${list.join('')}</part-list>${parts.join('')}</score-partwise>`,
  );
}

describe('importMusic', () => {
  it.each([
    [['G'], [67]],
    [
      ['G', 'C'],
      [60, 67],
    ],
    // Two hands stand under the singer, as parts of one staff each.
    [
      ['B', 'G', 'C'],
      [60, 67],
    ],
  ])('takes the hands of parts %j', (steps, pitches) => {
    const { notes } = importMusic(partsOf(...steps), 'song.musicxml');
    expect(notes.map(({ pitch }) => pitch).toSorted()).toEqual(pitches);
  });

  it('does not cut a song into measures of impossible beats', () => {
    const bytes = Buffer.from(writeScoreMidi(mixed));
    const sign = bytes.indexOf(Buffer.from([0xff, 0x58, 0x04]));
    // The denominator is a power of two: 2^30 in a byte.
    bytes[sign + 4] = 30;
    const began = process.memoryUsage().heapUsed;
    expect(() => importMusic(bytes, 'hostile.mid')).not.toThrow(RangeError);
    expect(process.memoryUsage().heapUsed - began).toBeLessThan(100e6);
  });

  it('puts quarter tones on the keys of a piano', () => {
    const xml = writeMusicXml(engrave(mixed), header).replace(
      '<step>E</step>',
      '<step>E</step><alter>-0.5</alter>',
    );
    const { notes } = importMusic(Buffer.from(xml), 'quarter.musicxml');
    expect(notes.every(({ pitch }) => Number.isInteger(pitch))).toBe(true);
  });

  it('of one short bar alone is no pickup', () => {
    const short = makeArrangement({
      bars: makeBars([{ beats: 1, metreBeats: 3 }]),
      notes: [note(0, 48, 67, 'melody')],
    });
    expect(writeMusicXml(engrave(short), header)).not.toContain('implicit="yes"');
  });

  it('reads back what was written, from MIDI, MusicXML and compressed MusicXML', () => {
    const xml = writeMusicXml(engrave(mixed), header);
    const files = {
      midi: writeScoreMidi(mixed),
      musicxml: Buffer.from(xml),
      mxl: writeMxl(xml, 'song'),
    };
    for (const [format, bytes] of Object.entries(files)) {
      const { bars, notes, song } = importMusic(bytes, 'song.mid');
      expect([format, bars]).toEqual([format, mixed.bars]);
      expect(notes.map(({ start, pitch }) => [start, pitch])).toEqual(
        mixed.notes
          .map(({ start, pitch }) => [start, pitch])
          .toSorted(([a, p], [b, q]) => a! - b! || p! - q!),
      );
      expect(song.title).toBe('Ländler & Co.');
    }
  });

  it.each(['pop909-001', 'pop909-003'])('engraves %s afresh without a finding and loses no note', (name) => {
    const take = { ...readArrangement(name), lead: [] };
    const again = engraved(writeScoreMidi(take));
    expect(checkScore(again, { foreign: true })).toEqual([]);
    const before = writeMusicXml(engrave({ ...take, chords: [] }), header);
    const piano = readMusicXml(before);
    expect(sounding(again).length).toBe(piano.length);
  });

  it('finds the key where it is told to believe nothing, and believes it where it is told to', () => {
    const inG = makeArrangement({
      keys: [{ start: 0, tonic: 9, mode: 'major', confidence: 1 }],
      notes: [67, 71, 74, 69, 72, 66, 71, 67].map((pitch, at) => note(at * 48, 48, pitch)),
    });
    const midi = writeScoreMidi(inG);
    expect(importMusic(midi, 'a.mid').keys).toMatchObject([{ tonic: 7, mode: 'major' }]);
    expect(importMusic(midi, 'a.mid', { keepKeys: true }).keys).toMatchObject([{ tonic: 9, mode: 'major' }]);
  });

  it('finds metre and pickup of a MIDI file without a time signature', () => {
    const events: TimedEvent[] = [];
    const play = (quarter: number, length: number, noteNumber: number) => {
      const key = { channel: 0, noteNumber };
      const tick = quarter * 480;
      events.push({ tick, order: Order.noteOn, event: { type: 'noteOn', ...key, velocity: 80 } });
      events.push({
        tick: tick + length * 480,
        order: Order.noteOff,
        event: { type: 'noteOff', ...key, velocity: 0 },
      });
    };
    play(0, 1, 67);
    for (let bar = 0; bar < 12; bar++) {
      const at = 1 + bar * 3;
      play(at, 3, 36 + (bar % 2) * 7);
      for (const beat of [1, 2]) for (const pitch of [60, 64]) play(at + beat, 1, pitch + (bar % 2));
      play(at, 2, 72 + (bar % 3));
      play(at + 2, 1, 71);
    }
    const { bars } = importMusic(writeMidiFile([events]), 'waltz.mid');
    expect(bars[0]).toMatchObject({ beats: 1, metreBeats: 3, unit: 'quarter' });
    expect(bars.slice(1, -1).every(({ beats }) => beats === 3)).toBe(true);
  });

  it('takes an even row of notes for whole bars', () => {
    const row = Array.from({ length: 32 }, (_, at) => ({ start: at, end: at + 1, pitch: 60 }));
    expect(findMetre(row)).toMatchObject({ pickup: 0 });
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['a text', strToU8('no score at all')],
    ['a cut MIDI file', writeScoreMidi(mixed).slice(0, 60)],
    ['a MIDI file without notes', writeMidiFile([[]])],
    ['an archive without a score', zipSync({ 'a.txt': strToU8('a') })],
    ['a cut archive', writeMxl(writeMusicXml(engrave(mixed), header), 'x').slice(0, 300)],
    ['a score without measures', strToU8('<score-partwise><part id="P1"/></score-partwise>')],
    [
      'five 16ths',
      strToU8(
        '<score-partwise><part id="P1"><measure number="1"><attributes><divisions>2</divisions><time><beats>5</beats><beat-type>16</beat-type></time></attributes><note><pitch><step>C</step><octave>4</octave></pitch><duration>5</duration></note></measure></part></score-partwise>',
      ),
    ],
    ['a file asked for', strToU8('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><score-partwise/>')],
    ['deep nesting', strToU8(`<score-partwise>${'<a>'.repeat(20_000)}`)],
    [
      'a path out of the archive',
      zipSync({ 'META-INF/container.xml': strToU8('<rootfile full-path="../../etc/passwd"/>') }),
    ],
  ])('refuses %s', (_, bytes) => {
    expect(() => importMusic(bytes, 'x')).toThrow(expect.objectContaining({ code: 'score-invalid' }));
  });

  it('does not expand entities of a document', () => {
    const title = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">]>';
    const body = `<score-partwise><work><work-title>&a; Tom &amp; Ann</work-title></work><part id="P1"><measure number="1"><attributes><divisions>1</divisions></attributes><note><pitch><step>C</step><octave>4</octave></pitch><duration>4</duration></note></measure></part></score-partwise>`;
    expect(importMusic(strToU8(title + body), 'x').song.title).toBe('&a; Tom & Ann');
  });
});
