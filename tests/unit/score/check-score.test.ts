import { describe, expect, it } from 'vitest';
import { checkScore } from '../../../main/engine/score/check-score.ts';
import { engrave } from '../../../main/engine/score/engrave.ts';
import { writeMusicXml } from '../../../main/engine/score/musicxml.ts';
import { makeArrangement, note } from './arrangements.ts';

/** A held melody over eighths, a triplet, a tie over the bar line, an accidental and a bass. */
const xml = writeMusicXml(
  engrave(
    makeArrangement({
      notes: [
        note(0, 192, 47, 'bass'),
        note(0, 192, 40, 'bass'),
        note(0, 24, 66, 'melody'),
        note(24, 24, 66, 'melody'),
        note(48, 16, 65, 'melody'),
        note(64, 16, 67, 'melody'),
        note(80, 16, 69, 'melody'),
        note(96, 192, 76, 'melody'),
        note(144, 48, 64),
        note(192, 48, 65),
      ],
      chords: [{ start: 0, duration: 192, root: 7, quality: 'maj', bass: 7, confidence: 1 }],
    }),
  ),
  { software: 'test', date: '2025-01-01' },
);

const codes = (document: string) => [...new Set(checkScore(document).map((finding) => finding.code))];

describe('checkScore', () => {
  it('finds nothing in what the engraver writes', () => {
    expect(checkScore(xml, { span: 16 })).toEqual([]);
  });

  it.each([
    ['a shortened note', '<duration>48</duration>', '<duration>36</duration>', 'measure-length'],
    [
      'a gap that nothing fills',
      '<voice>2</voice>\n    <staff>1</staff>\n   </forward>',
      '</forward>',
      'voice-gap',
    ],
    ['a value that does not spell its length', '<type>eighth</type>', '<type>quarter</type>', 'value'],
    ['a tie into nothing', '<tie type="stop"/>', '', 'tie'],
    ['a tie that is not printed', '<tied type="start"/>', '', 'tie'],
    ['a beam without an end', '<beam number="1">end</beam>', '', 'beam'],
    ['a beam without a beginning', '<beam number="1">begin</beam>', '', 'beam'],
    ['a triplet without an end', '<tuplet type="stop" number="1"/>', '', 'tuplet'],
    ['a missing accidental', '<accidental>sharp</accidental>', '', 'accidental'],
    ['a wrong accidental', '<accidental>natural</accidental>', '<accidental>flat</accidental>', 'accidental'],
    ['a note above the piano', '<octave>5</octave>', '<octave>8</octave>', 'range'],
    ['a repeated measure number', '<measure number="2">', '<measure number="1">', 'measure-number'],
    ['a missing final bar line', 'light-heavy', 'light-light', 'barline'],
    ['a measure that is too long', '<beats>4</beats>', '<beats>3</beats>', 'measure-length'],
    ['a measure that is too short', '<beats>4</beats>', '<beats>5</beats>', 'measure-length'],
    [
      'a voice on two staves',
      '<staff>2</staff>\n   </note>\n  </measure>',
      '<staff>1</staff>\n   </note>\n  </measure>',
      'voice-staff',
    ],
  ])('finds %s', (_, from, to, code) => {
    expect(xml).toContain(from);
    expect(codes(xml.replace(from, to))).toContain(code);
  });

  it('finds a cursor left behind and a chord symbol outside the measure', () => {
    const moved = '<backup>\n    <duration>96</duration>\n   </backup>\n  </measure>\n  <measure number="2">';
    expect(codes(xml.replace('</measure>\n  <measure number="2">', moved))).toContain('measure-cursor');
    const late = xml.replace('</harmony>', '<offset>400</offset></harmony>');
    expect(codes(late)).toContain('harmony');
  });

  it('finds a voice that overlaps itself', () => {
    expect(codes(xml.replaceAll('<voice>2</voice>', '<voice>1</voice>'))).toContain('voice-overlap');
  });

  it('finds a third voice on a staff', () => {
    const third =
      '<backup><duration>384</duration></backup><forward><duration>384</duration><voice>3</voice><staff>1</staff></forward></measure>';
    expect(codes(xml.replaceAll('</measure>', third))).toContain('voice-count');
  });

  it('finds hands that are too wide or that strike one key together', () => {
    expect(checkScore(xml, { span: 8 }).map((finding) => finding.code)).toContain('span');
    const low = xml.replace(
      '<step>B</step>\n     <octave>2</octave>',
      '<step>F</step><alter>1</alter>\n     <octave>4</octave>',
    );
    expect(codes(low)).toContain('unison');
  });

  it.each([
    ['a slur that never ends', 'slur', '<notations><slur type="start" number="1"/></notations>', ''],
    ['a pedal that goes on without a beginning', 'pedal', '', '<pedal type="change"/>'],
    ['an octave line that never ends', 'octave-shift', '', '<octave-shift type="down" size="8"/>'],
    ['a wedge that ends without a beginning', 'wedge', '', '<wedge type="stop"/>'],
  ])('finds %s, and where', (_, code, notations, direction) => {
    const note = (inner: string) =>
      `<note><pitch><step>C</step><octave>4</octave></pitch><duration>4</duration><voice>1</voice><type>whole</type>${inner}</note>`;
    const mark =
      direction && `<direction><direction-type>${direction}</direction-type><staff>1</staff></direction>`;
    const document = `<score-partwise><part id="P1"><measure number="7"><attributes><divisions>1</divisions><time><beats>4</beats><beat-type>4</beat-type></time></attributes>${mark}${note(notations)}<barline location="right"><bar-style>light-heavy</bar-style></barline></measure></part></score-partwise>`;
    expect(checkScore(document, { foreign: true })).toMatchObject([
      { code, part: 'P1', measure: '7', staff: 1 },
    ]);
  });

  it('lets other programs leave gaps with a forward, tie across voices and carry a slur over the bar line', () => {
    const note = (pitch: string, duration: number, type: string, voice: number, inner = '') =>
      `<note><pitch><step>${pitch}</step><octave>4</octave></pitch><duration>${duration}</duration>${inner.includes('tied type="start"') ? '<tie type="start"/>' : ''}${inner.includes('tied type="stop"') ? '<tie type="stop"/>' : ''}<voice>${voice}</voice><type>${type}</type><notations>${inner}</notations></note>`;
    const first = `${note('C', 2, 'half', 1)}${note('E', 2, 'half', 1, '<tied type="start"/><slur type="start" number="1"/>')}<backup><duration>4</duration></backup><forward><duration>2</duration></forward>${note('G', 1, 'quarter', 2)}<forward><duration>1</duration></forward>`;
    const second = `${note('C', 4, 'whole', 1, '<slur type="stop" number="1"/>')}<backup><duration>4</duration></backup>${note('E', 4, 'whole', 2, '<tied type="stop"/>')}<barline location="right"><bar-style>light-heavy</bar-style></barline>`;
    const attributes =
      '<attributes><divisions>1</divisions><time><beats>4</beats><beat-type>4</beat-type></time></attributes>';
    const document = `<score-partwise><part id="P1"><measure number="1">${attributes}${first}</measure><measure number="2">${second}</measure></part></score-partwise>`;
    expect(checkScore(document, { foreign: true })).toEqual([]);
    expect(codes(document).sort()).toEqual(['tie', 'voice-gap']);
  });

  it.each(['', 'no xml', '<score-partwise>', '<score-timewise/>', '<a><b></a>'])('refuses %j', (text) => {
    expect(() => checkScore(text)).toThrow(expect.objectContaining({ code: 'score-invalid' }));
  });

  it('does not expand entities of a hostile document', () => {
    const bomb = `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><score-partwise><part id="&b;"/></score-partwise>`;
    expect(checkScore(bomb)).toEqual([]);
  });
});
