import { writeLeftBarline, writeRightBarline } from './musicxml-barline.ts';
import { writeClef, writeClefChange, writeDirection, writeSystemMarks } from './musicxml-direction.ts';
import { writeHarmony } from './musicxml-harmony.ts';
import { writeEvent } from './musicxml-note.ts';
import { DIVISIONS, type Measure, type Part, type Voice } from './score.ts';
import { type Element, el } from './xml.ts';

/** Something that stands at a place of a staff beside its notes. */
interface Mark {
  at: number;
  element: Element;
}

/** Tenths of a staff space: a line of lyrics with room to breathe fits between the staves. */
const LYRICS = 130;

/** A measure: attributes and marks, then voice after voice, each from the measure's start to its end. */
export function writeMeasure(measure: Measure, part: Part, isFirst: boolean, belowLyrics: boolean): Element {
  const marked = new Set<number>();
  const voices = measure.voices.flatMap((voice, at) => {
    // A staff's marks go with the first of its voices.
    const marks = marked.has(voice.staff) ? [] : marksOf(measure, voice.staff);
    marked.add(voice.staff);
    return [
      ...(at > 0 ? [move('backup', measure.length)] : []),
      ...writeVoice(voice, marks, measure.length, part.staves),
    ];
  });
  return el(
    'measure',
    [
      writePrint(measure, isFirst && belowLyrics),
      writeLeftBarline(measure),
      writeAttributes(measure, part, isFirst),
      ...writeSystemMarks(measure),
      ...voices,
      writeRightBarline(measure),
    ],
    { number: measure.number, ...(measure.implicit ? { implicit: 'yes' } : {}) },
  );
}

function marksOf({ harmonies, directions }: Measure, staff: number): Mark[] {
  const own = directions.filter((direction) => direction.staff === staff);
  return [
    ...(staff === 1 ? harmonies.map((harmony) => ({ at: harmony.at, element: writeHarmony(harmony) })) : []),
    ...own.map((direction) => ({ at: direction.at, element: writeDirection(direction) })),
  ];
}

function writePrint({ systemStart }: Measure, belowLyrics: boolean): Element | null {
  if (!systemStart && !belowLyrics) return null;
  const distance = el('staff-layout', [el('staff-distance', LYRICS)], { number: 1 });
  return el('print', belowLyrics ? [distance] : [], systemStart ? { 'new-system': 'yes' } : {});
}

function writeAttributes({ key, time, clefs }: Measure, part: Part, isFirst: boolean): Element | null {
  if (!key && !time && clefs.length === 0 && !isFirst) return null;
  return el('attributes', [
    isFirst ? el('divisions', DIVISIONS) : null,
    key && el('key', [el('fifths', key.fifths), el('mode', key.mode)]),
    time &&
      el('time', [
        el('beats', time.groups ? time.groups.join('+') : time.beats),
        el('beat-type', time.beatType),
      ]),
    isFirst ? el('staves', part.staves) : null,
    isFirst ? writeClef('G', 2, 1) : null,
    isFirst && part.staves > 1 ? writeClef('F', 4, 2) : null,
    ...clefs.map(writeClefChange),
  ]);
}

/**
 * A mark stands before the note that begins with it, a mark at the measure's end after the last. Where no note of the
 * voice begins the cursor goes back into the note and forth again: few programs read an `offset`, all of them move.
 */
function writeVoice(voice: Voice, marks: readonly Mark[], length: number, staves: number): Element[] {
  const elements: Element[] = [];
  for (const event of voice.events) {
    const end = event.at + event.duration;
    for (const { at, element } of marks) if (at === event.at) elements.push(element);
    elements.push(...writeEvent(event, voice, staves));
    for (const { at, element } of marks) {
      if (at <= event.at || at >= end) continue;
      elements.push(move('backup', end - at), element, move('forward', end - at));
    }
  }
  for (const { at, element } of marks) if (at === length) elements.push(element);
  return elements;
}

function move(direction: 'backup' | 'forward', length: number): Element {
  return el(direction, [el('duration', length)]);
}
