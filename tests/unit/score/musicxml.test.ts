import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Arrangement } from '../../../main/contract/arrangement.ts';
import { checkScore } from '../../../main/engine/score/check-score.ts';
import { engrave } from '../../../main/engine/score/engrave.ts';
import { writeMusicXml } from '../../../main/engine/score/musicxml.ts';
import { readMusicXml } from '../../../main/engine/score/read-musicxml.ts';
import { anyArrangement, makeArrangement, makeBars, note, readArrangement } from './arrangements.ts';
import { hasXmllint, validate } from './tools.ts';
import { notesOfPart, noteText, placeOf, QUARTER } from './written-notes.ts';

const options = { software: 'Songleaf test', date: '2025-01-31' };

function write(arrangement: Arrangement): string {
  return writeMusicXml(engrave(arrangement), options);
}

function expectSameNotes(arrangement: Arrangement): void {
  const score = engrave(arrangement);
  const read = readMusicXml(writeMusicXml(score, options));
  const place = placeOf(arrangement);
  for (const part of score.parts) {
    const own = read.filter((each) => each.part === part.id);
    const wanted = part.staves === 1 ? arrangement.lead : arrangement.notes;
    expect(own.map((each) => noteText(each.pitch, each.onset * QUARTER)).sort()).toEqual(
      wanted.map((each) => noteText(each.pitch, place(each.start))).sort(),
    );
    expect(
      own.map((each) => noteText(each.pitch, each.onset * QUARTER, each.duration * QUARTER)).sort(),
    ).toEqual(
      notesOfPart(part)
        .map((each) => noteText(each.pitch, each.onset, each.duration))
        .sort(),
    );
  }
}

describe('writeMusicXml', () => {
  it('writes every note of any arrangement, with no findings', () => {
    fc.assert(
      fc.property(anyArrangement(), (arrangement) => {
        expectSameNotes(arrangement);
        expect(checkScore(write(arrangement))).toEqual([]);
      }),
      { numRuns: 30, seed: 11 },
    );
  });

  it('writes notes off the grid at most 8 ticks away, with no findings', () => {
    fc.assert(
      fc.property(anyArrangement({ onGrid: false }), (arrangement) => {
        const xml = write(arrangement);
        expect(checkScore(xml).filter((finding) => finding.code !== 'unison')).toEqual([]);
        const place = placeOf(arrangement);
        const lastBeat = (arrangement.beatTimes.length - 2) * 48;
        const piano = readMusicXml(xml).filter(
          (each) => each.staff === 2 || each.part !== 'P1' || !arrangement.lead.length,
        );
        for (const { start, pitch } of arrangement.notes) {
          const nearest = Math.min(
            ...piano
              .filter((each) => each.pitch === pitch)
              .map((each) => Math.abs(each.onset * QUARTER - place(start))),
          );
          // In divisions. Nothing can begin on the last bar line, which is nearest to the last 32nd's second half.
          expect(nearest).toBeLessThanOrEqual(start >= lastBeat ? 32 : 16);
        }
      }),
      { numRuns: 40, seed: 12 },
    );
  });

  it.skipIf(!hasXmllint)('is valid by the W3C schema (needs xmllint)', () => {
    const random = fc.sample(anyArrangement(), { numRuns: 30, seed: 13 });
    const songs = ['pop909-001', 'pop909-003'].map(readArrangement);
    expect(validate([...songs, ...random, makeArrangement()].map(write))).toBe('');
  });

  it.skipIf(!hasXmllint)('is caught by the schema where it is not valid (needs xmllint)', () => {
    const xml = write(makeArrangement({ notes: [note(0, 48, 60)] }));
    expect(validate([xml.replace('<voice>1</voice>', '')])).toBe('');
    expect(validate([xml.replace('<duration>96</duration>', '')])).toContain('Expected is ( duration )');
  });

  it.each(['pop909-001', 'pop909-003'])('writes the song %s as it is', (name) => {
    const arrangement = readArrangement(name);
    expectSameNotes(arrangement);
    const span = arrangement.settings.level === 'full' ? 14 : 12;
    expect(checkScore(write(arrangement), { span })).toEqual([]);
  });

  it('gives the same bytes for the same input', () => {
    const arrangement = readArrangement('pop909-001');
    expect(write(arrangement)).toBe(write(structuredClone(arrangement)));
  });

  it('writes a pickup as measure 0 and ends with a final bar line', async () => {
    const bars = makeBars([{ beats: 1, metreBeats: 3 }, { beats: 3 }, { beats: 3 }]);
    const xml = write(
      makeArrangement({
        bars,
        title: 'Waltz & <Trio>',
        notes: [note(0, 48, 67, 'melody'), note(48, 144, 72, 'melody'), note(48, 144, 48, 'bass')],
        chords: [{ start: 48, duration: 144, root: 0, quality: 'add9', bass: 4, confidence: 1 }],
        sections: [{ start: 48, duration: 288, label: 'A', confidence: 1 }],
      }),
    );
    await expect(xml).toMatchFileSnapshot('../../fixtures/arrangements/waltz.musicxml');
  });

  it('keeps the text of hostile titles out of the markup', () => {
    const title = '</work-title><script>\u0000\u0008\ud800 "quoted" & more';
    const xml = write(makeArrangement({ title }));
    expect(xml).toContain(
      '<work-title>&lt;/work-title&gt;&lt;script&gt; &quot;quoted&quot; &amp; more</work-title>',
    );
  });

  it('refuses a date that the schema would refuse', () => {
    const score = engrave(makeArrangement());
    expect(() => writeMusicXml(score, { software: 'x', date: 'yesterday' })).toThrow(RangeError);
  });

  it('refuses notes outside the bars instead of losing them', () => {
    const arrangement = makeArrangement({ notes: [note(10_000, 48, 60)] });
    expect(() => engrave(arrangement)).toThrow(expect.objectContaining({ code: 'score-invalid' }));
  });
});
