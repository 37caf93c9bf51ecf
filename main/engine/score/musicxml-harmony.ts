import type { Harmony, PitchName } from './score.ts';
import { type Element, el } from './xml.ts';

export function writeHarmony({ root, kind, text, bass, added }: Harmony): Element {
  return el('harmony', [
    // The schema wants a root even where there is no chord: an empty text keeps it from being printed.
    root ? el('root', writeName('root', root)) : el('root', [el('root-step', 'C', { text: '' })]),
    el('kind', kind, text === '' ? {} : { text }),
    bass && el('bass', writeName('bass', bass)),
    ...added.map((value) =>
      el(
        'degree',
        [el('degree-value', value), el('degree-alter', 0), el('degree-type', 'add')],
        // The kind's text says it already.
        { 'print-object': 'no' },
      ),
    ),
    el('staff', 1),
  ]);
}

function writeName(what: 'root' | 'bass', { step, alter }: PitchName): (Element | null)[] {
  return [el(`${what}-step`, step), alter === 0 ? null : el(`${what}-alter`, alter)];
}
