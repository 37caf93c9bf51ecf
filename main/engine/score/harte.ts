import type { Chord, ChordQuality } from '../../contract/analysis.ts';
import { type KeyContext, nameAt, rootFifth } from './spelling.ts';

/** Shorthands of Harte that the contract's names do not already are. */
const shorthand: Partial<Record<ChordQuality, string>> = { add9: 'maj(9)' };

/** Semitones above the root → interval of the major scale with its alteration (Harte et al., ISMIR 2005). */
const degrees = ['1', 'b2', '2', 'b3', '3', '4', 'b5', '5', 'b6', '6', 'b7', '7'];

/** A chord in Harte syntax, such as `Bb:min7/b3`; `N` where there is none. */
export function harteChord({ root, quality, bass }: Chord, key: KeyContext): string {
  if (root === null || quality === null) return 'N';
  const name = nameText(rootFifth(root, quality, key));
  const inversion = bass === null || bass === root ? '' : `/${degrees[(bass - root + 12) % 12]}`;
  return `${name}:${shorthand[quality] ?? quality}${inversion}`;
}

/** A pitch name as `F#` or `Bb`. */
export function nameText(fifth: number): string {
  const { step, alter } = nameAt(fifth);
  return `${step}${alter < 0 ? 'b'.repeat(-alter) : '#'.repeat(alter)}`;
}
