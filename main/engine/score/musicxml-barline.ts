import type { Measure } from './score.ts';
import { type Element, el } from './xml.ts';

/** What stands at the left bar line: the beginning of a repeat or of an ending's bracket. */
export function writeLeftBarline({ repeatStart, ending }: Measure): Element | null {
  if (!repeatStart && !ending?.start) return null;
  return el(
    'barline',
    [
      repeatStart ? el('bar-style', 'heavy-light') : null,
      ending?.start ? el('ending', [], { number: ending.number, type: 'start' }) : null,
      repeatStart ? el('repeat', [], { direction: 'forward' }) : null,
    ],
    { location: 'left' },
  );
}

const styles = { single: null, double: 'light-light', final: 'light-heavy' };

export function writeRightBarline({ rightBarline, repeatEnd, ending }: Measure): Element | null {
  const style = repeatEnd ? 'light-heavy' : styles[rightBarline];
  if (style === null && !ending?.stop) return null;
  // The first bracket closes at the repeat sign, the second stays open: the music goes on.
  const type = ending?.number === 1 ? 'stop' : 'discontinue';
  return el(
    'barline',
    [
      style === null ? null : el('bar-style', style),
      ending?.stop ? el('ending', [], { number: ending.number, type }) : null,
      repeatEnd ? el('repeat', [], { direction: 'backward' }) : null,
    ],
    { location: 'right' },
  );
}
