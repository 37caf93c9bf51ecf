/** The theme's colours, for canvases. */
export interface Palette {
  ink: string;
  soft: string;
  rule: string;
  leaf: string;
  warn: string;
  raised: string;
  groove: string;
  chosen: string;
  wave: string;
  waveBody: string;
  tints: readonly string[];
  sans: string;
  serif: string;
}

const TINTS = 6;

/** Reads the colours that hold for an element now. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    ink: read('--ink'),
    soft: read('--ink-soft'),
    rule: read('--rule'),
    leaf: read('--leaf'),
    warn: read('--warn'),
    raised: read('--raised'),
    groove: read('--groove'),
    chosen: read('--chosen'),
    wave: read('--wave'),
    waveBody: read('--wave-body'),
    tints: Array.from({ length: TINTS }, (_, i) => read(`--tint-${i + 1}`)),
    sans: read('--sans'),
    serif: read('--serif'),
  };
}
