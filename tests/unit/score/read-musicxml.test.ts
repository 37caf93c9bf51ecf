import { describe, expect, it } from 'vitest';
import { readMusicXml } from '../../../main/engine/score/read-musicxml.ts';

const n = (body: string) => `<note>${body}</note>`;
const c = (octave: number) => `<pitch><step>C</step><octave>${octave}</octave></pitch>`;

describe('readMusicXml', () => {
  it('follows chords, backups, changing divisions and ties over bar lines', () => {
    const xml = `<?xml version="1.0"?><score-partwise version="4.0"><part id="P1">
      <measure number="1"><attributes><divisions>2</divisions><time><beats>2</beats><beat-type>4</beat-type></time></attributes>
        ${n(`${c(5)}<duration>2</duration><voice>1</voice>`)}
        ${n(`<chord/>${c(6)}<duration>2</duration><voice>1</voice>`)}
        ${n(`<pitch><step>B</step><alter>-1</alter><octave>4</octave></pitch><duration>2</duration><tie type="start"/><voice>1</voice>`)}
        <backup><duration>4</duration></backup>
        <forward><duration>1</duration></forward>
        ${n(`${c(3)}<duration>3</duration><voice>5</voice><staff>2</staff>`)}
      </measure>
      <measure number="2"><attributes><divisions>8</divisions></attributes>
        ${n(`<pitch><step>B</step><alter>-1</alter><octave>4</octave></pitch><duration>4</duration><tie type="stop"/><voice>1</voice>`)}
        ${n(`<grace/>${c(4)}`)}
        ${n('<rest/><duration>12</duration><voice>1</voice>')}
      </measure></part></score-partwise>`;
    expect(
      readMusicXml(xml).map(({ name, onset, duration, staff }) => [name, onset, duration, staff]),
    ).toEqual([
      ['C5', 0, 1, 1],
      ['C6', 0, 1, 1],
      ['C3', 0.5, 1.5, 2],
      ['Bb4', 1, 1.5, 1],
    ]);
  });
});
