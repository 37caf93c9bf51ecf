import type { Key } from './analysis.ts';

const steps = ['F', 'C', 'G', 'D', 'A', 'E', 'B'] as const;
const stepClasses: Record<string, number> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

/** The key that names are spelled in. */
export type SpellingKey = Pick<Key, 'tonic' | 'mode'>;

/** Sharps (flats where negative) of a key's signature, −6 to 5: of six the flats. */
export function signatureOf({ tonic, mode }: SpellingKey): number {
  const major = mode === 'major' ? tonic : (tonic + 3) % 12;
  return ((major * 7 + 6) % 12) - 6;
}

/**
 * A pitch class (C = 0) by name, such as `F#` or `Bb`, from the twelve neighbours of the key on the line of fifths:
 * major stands rather on the flat second than on the sharp first, minor has its own raised sixth and seventh.
 */
export function pitchClassName(pitchClass: number, key: SpellingKey): string {
  const lowest = signatureOf(key) + (key.mode === 'major' ? -5 : -3);
  const near = lowest + ((((pitchClass * 7 - lowest) % 12) + 12) % 12);
  // Nobody wants to read a double accidental that has a plain name.
  const fifth = near < -8 ? near + 12 : near > 12 ? near - 12 : near;
  const alter = Math.floor((fifth + 1) / 7);
  return `${steps[(((fifth + 1) % 7) + 7) % 7]}${alter < 0 ? 'b'.repeat(-alter) : '#'.repeat(alter)}`;
}

/** A key by name, such as `Bb minor`, with the tonic as scores spell it. */
export function nameKey(key: SpellingKey): string {
  return `${pitchClassName(key.tonic, key)} ${key.mode}`;
}

/** A MIDI note by name and octave, C4 = 60. */
export function pitchName(pitch: number, key: SpellingKey): string {
  const name = pitchClassName(pitch % 12, key);
  const alter = name.includes('b') ? -(name.length - 1) : name.length - 1;
  return `${name}${Math.floor((pitch - alter) / 12) - 1}`;
}

/** Reads a note name with its signs (`Bb`, `F#`, `c##`). @returns its pitch class and what follows it; null where none stands */
export function readPitchClass(text: string): { pitchClass: number; rest: string } | null {
  const match = /^([A-Ga-g])([#b]*)/.exec(text);
  if (!match) return null;
  let pitchClass = stepClasses[match[1].toUpperCase()];
  for (const sign of match[2]) pitchClass += sign === '#' ? 1 : -1;
  return { pitchClass: ((pitchClass % 12) + 12) % 12, rest: text.slice(match[0].length) };
}

/** A name as it is printed: `Bb` as B♭, `F#m7b5` as F♯m7♭5. */
export function withSigns(name: string): string {
  return name
    .replace(/([A-G])(b+)/g, (_, step: string, signs: string) => step + '♭'.repeat(signs.length))
    .replace(/b(?=\d)/g, '♭')
    .replaceAll('#', '♯');
}
