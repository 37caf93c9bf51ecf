import { writeHarmony } from './musicxml-harmony.ts';
import { writeEvent } from './musicxml-note.ts';
import { DIVISIONS, type Harmony, type Measure, type Part, type Tempo, type Voice } from './score.ts';
import { type Element, el } from './xml.ts';

/** A measure: attributes and marks, then voice after voice, each from the measure's start to its end. */
export function writeMeasure(measure: Measure, part: Part, isFirst: boolean): Element {
  const voices = measure.voices.flatMap((voice, at) => [
    ...(at > 0 ? [move('backup', measure.length)] : []),
    ...writeVoice(voice, at === 0 ? measure.harmonies : [], part.staves),
  ]);
  return el(
    'measure',
    [
      writeAttributes(measure, part, isFirst),
      measure.tempo && writeTempo(measure.tempo),
      measure.rehearsal === null ? null : writeRehearsal(measure.rehearsal),
      ...voices,
      writeBarline(measure.rightBarline),
    ],
    { number: measure.number, ...(measure.implicit ? { implicit: 'yes' } : {}) },
  );
}

function writeAttributes({ key, time }: Measure, part: Part, isFirst: boolean): Element | null {
  if (!key && !time && !isFirst) return null;
  return el('attributes', [
    isFirst ? el('divisions', DIVISIONS) : null,
    key && el('key', [el('fifths', key.fifths), el('mode', key.mode)]),
    time && el('time', [el('beats', time.beats), el('beat-type', time.beatType)]),
    isFirst ? el('staves', part.staves) : null,
    isFirst ? writeClef('G', 2, 1) : null,
    isFirst && part.staves > 1 ? writeClef('F', 4, 2) : null,
  ]);
}

function writeClef(sign: string, line: number, number: number): Element {
  return el('clef', [el('sign', sign), el('line', line)], { number });
}

function writeTempo({ beatUnit, perMinute }: Tempo): Element {
  const isDotted = beatUnit === 'dotted-quarter';
  const metronome = el('metronome', [
    el('beat-unit', 'quarter'),
    isDotted ? el('beat-unit-dot') : null,
    el('per-minute', Math.round(perMinute)),
  ]);
  // `sound` counts quarters, whatever the beat.
  const quarters = perMinute * (isDotted ? 1.5 : 1);
  return el(
    'direction',
    [
      el('direction-type', [metronome]),
      el('staff', 1),
      el('sound', [], { tempo: Math.round(quarters * 100) / 100 }),
    ],
    { placement: 'above' },
  );
}

function writeRehearsal(label: string): Element {
  return el('direction', [el('direction-type', [el('rehearsal', label)]), el('staff', 1)], {
    placement: 'above',
  });
}

/**
 * A chord symbol stands before the note that begins with it. Where no note of the voice begins the cursor goes back
 * into the note and forth again: few programs read an `offset`, all of them move.
 */
function writeVoice(voice: Voice, harmonies: readonly Harmony[], staves: number): Element[] {
  const elements: Element[] = [];
  for (const event of voice.events) {
    const end = event.at + event.duration;
    for (const harmony of harmonies) {
      if (harmony.at === event.at) elements.push(writeHarmony(harmony));
    }
    elements.push(...writeEvent(event, voice, staves));
    for (const harmony of harmonies) {
      if (harmony.at <= event.at || harmony.at >= end) continue;
      elements.push(
        move('backup', end - harmony.at),
        writeHarmony(harmony),
        move('forward', end - harmony.at),
      );
    }
  }
  return elements;
}

function move(direction: 'backup' | 'forward', length: number): Element {
  return el(direction, [el('duration', length)]);
}

function writeBarline(style: Measure['rightBarline']): Element | null {
  if (style === 'single') return null;
  const barStyle = style === 'final' ? 'light-heavy' : 'light-light';
  return el('barline', [el('bar-style', barStyle)], { location: 'right' });
}
