import type { ClefChange, Direction, Measure, Tempo } from './score.ts';
import { type Element, el } from './xml.ts';

/** The marks over a measure's first note: tempo with its word, how eighths are played, rehearsal mark. */
export function writeSystemMarks({ tempo, swing, rehearsal }: Measure): (Element | null)[] {
  return [
    tempo && writeTempo(tempo),
    swing && writeSwing(swing),
    rehearsal === null ? null : direction([el('rehearsal', rehearsal)], 1, 'above'),
  ];
}

function direction(types: readonly Element[], staff: number, placement: string, sound?: Element): Element {
  return el(
    'direction',
    [...types.map((type) => el('direction-type', [type])), el('staff', staff), sound ?? null],
    { placement },
  );
}

function writeTempo({ word, beatUnit, perMinute }: Tempo): Element {
  const isDotted = beatUnit === 'dotted-quarter';
  const quarters = { eighth: 0.5, quarter: 1, 'dotted-quarter': 1.5, half: 2 }[beatUnit];
  const metronome = el('metronome', [
    el('beat-unit', isDotted ? 'quarter' : beatUnit),
    isDotted ? el('beat-unit-dot') : null,
    el('per-minute', Math.round(perMinute)),
  ]);
  // `sound` counts quarters, whatever the beat.
  const sound = el('sound', [], { tempo: Math.round(perMinute * quarters * 100) / 100 });
  // Programs set words and metronome mark side by side as they come: the space is the word's.
  const types = word === '' ? [metronome] : [el('words', `${word} `, { 'font-weight': 'bold' }), metronome];
  return direction(types, 1, 'above', sound);
}

/** Swung eighths are played two to one. */
function writeSwing(swing: 'swing' | 'straight'): Element {
  const ratio =
    swing === 'swing' ? [el('first', 2), el('second', 1), el('swing-type', 'eighth')] : [el('straight')];
  const word = swing === 'swing' ? 'Swing' : 'Straight eighths';
  return direction([el('words', word)], 1, 'above', el('sound', [el('swing', ratio)]));
}

export function writeDirection({ staff, mark }: Direction): Element {
  switch (mark.kind) {
    case 'dynamic':
      return direction([el('dynamics', [el(mark.value)])], staff, 'below');
    case 'pedal':
      return direction([el('pedal', [], { type: mark.action, line: 'yes', sign: 'no' })], staff, 'below');
    case 'octave': {
      // The schema's `down` means that notes are printed lower than they sound.
      const away = mark.side === 'above' ? 'down' : 'up';
      const type = mark.action === 'stop' ? 'stop' : away;
      return direction([el('octave-shift', [], { type, size: 8 })], staff, mark.side);
    }
  }
}

export function writeClefChange({ staff, clef }: ClefChange): Element {
  return clef === 'treble' ? writeClef('G', 2, staff) : writeClef('F', 4, staff);
}

export function writeClef(sign: string, line: number, number: number): Element {
  return el('clef', [el('sign', sign), el('line', line)], { number });
}
