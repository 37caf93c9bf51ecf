import { type Chord, type ChordQuality, chordQualities } from './analysis.ts';
import { pitchClassName, readPitchClass, type SpellingKey } from './pitch-names.ts';

/** A chord as it is named; no chord where `root` is null. */
export type NamedChord = Pick<Chord, 'root' | 'quality' | 'bass'>;

/** What stands after the root on a lead sheet. */
const symbols: Record<ChordQuality, string> = {
  maj: '',
  min: 'm',
  '7': '7',
  maj7: 'maj7',
  min7: 'm7',
  sus2: 'sus2',
  sus4: 'sus4',
  dim: 'dim',
  aug: '+',
  maj6: '6',
  min6: 'm6',
  '9': '9',
  add9: 'add9',
  dim7: 'dim7',
  hdim7: 'm7b5',
  minmaj7: 'm(maj7)',
};

/** Other spellings, of lead sheets and of Harte et al. (ISMIR 2005), without blanks and brackets. */
const spellings: Record<ChordQuality, readonly string[]> = {
  maj: ['M', 'maj', 'major', 'ma'],
  min: ['m', 'min', 'minor', 'mi', '-'],
  '7': ['7', 'dom7', 'dom'],
  maj7: ['maj7', 'M7', 'ma7', 'j7', 'j', 'Δ', 'Δ7', '△', '△7', 'major7', '^', '^7'],
  min7: ['m7', 'min7', 'mi7', '-7', 'minor7'],
  sus2: ['sus2'],
  sus4: ['sus4', 'sus'],
  dim: ['dim', '°', 'o', 'mb5', 'minb5', '-b5'],
  aug: ['+', 'aug', '#5', '+5'],
  maj6: ['6', 'maj6', 'M6', 'add6'],
  min6: ['m6', 'min6', '-6', 'mi6'],
  '9': ['9', '79', 'dom9'],
  add9: ['add9', 'add2', '2'],
  dim7: ['dim7', '°7', 'o7'],
  hdim7: ['hdim7', 'm7b5', 'min7b5', '-7b5', 'mi7b5', 'ø', 'ø7', 'Ø', 'Ø7', 'h7'],
  minmaj7: ['minmaj7', 'mmaj7', 'mM7', '-maj7', 'mΔ', '-Δ', 'mΔ7', '-Δ7', 'mj7', 'minM7'],
};

const qualityOf = new Map<string, ChordQuality>([
  ['', 'maj'],
  ...chordQualities.flatMap((quality) =>
    spellings[quality].map((spelling): [string, ChordQuality] => [spelling, quality]),
  ),
]);

/** Harte's degrees of a bass, in semitones above the root. */
const degreeClasses = [0, 0, 2, 4, 5, 7, 9, 11];

/** The chord's name as lead sheets write it, such as `Bbm7/Db`; `N.C.` where there is none. */
export function writeChord({ root, quality, bass }: NamedChord, key: SpellingKey): string {
  if (root === null || quality === null) return 'N.C.';
  const slash = bass === null || bass === root ? '' : `/${pitchClassName(bass, key)}`;
  return `${pitchClassName(root, key)}${symbols[quality]}${slash}`;
}

/**
 * Reads a chord in the spelling of lead sheets or in Harte's: `F#m7b5`, `Bb/D`, `C:min7/b3`, `N.C.`.
 * @returns null where the text names none that Songleaf knows
 */
export function readChord(text: string): NamedChord | null {
  const plain = toPlain(text);
  if (/^(n|nc|n\.c\.?)$/i.test(plain)) return { root: null, quality: null, bass: null };
  const named = readPitchClass(plain);
  // A small letter is a typing mistake that anyone can read, but `b` alone would be a sign.
  if (!named) return null;
  const root = named.pitchClass;
  const [body, under, ...more] = named.rest.split('/');
  if (more.length > 0) return null;
  const quality = readQuality(body);
  if (!quality) return null;
  if (under === undefined) return { root, quality, bass: root };
  const bass = readBass(under, root);
  return bass === null ? null : { root, quality, bass };
}

/** Without blanks, with plain signs. */
function toPlain(text: string): string {
  return text.replace(/\s+/g, '').replaceAll('♭', 'b').replaceAll('♯', '#');
}

function readQuality(text: string): ChordQuality | null {
  const isHarte = text.startsWith(':');
  const body = isHarte ? text.slice(1) : text;
  // Harte's added ninth; anywhere else brackets only group.
  if (isHarte && body === 'maj(9)') return 'add9';
  return qualityOf.get(body.replace(/[()]/g, '')) ?? null;
}

/** A bass as a note (`Bb`) or as a degree of Harte's (`b3`). */
function readBass(text: string, root: number): number | null {
  const degree = /^([#b]*)([1-7])$/.exec(text);
  if (degree) {
    const signs = [...degree[1]].reduce((sum, sign) => sum + (sign === '#' ? 1 : -1), 0);
    return (((root + degreeClasses[Number(degree[2])] + signs) % 12) + 12) % 12;
  }
  const note = readPitchClass(text);
  return note && note.rest === '' ? note.pitchClass : null;
}

/**
 * Chords that a person may mean who has typed so far: what can be read, then every quality or bass that goes on like it.
 * @param likely what it may be from what was heard, offered first where nothing is typed
 */
export function suggestChords(
  text: string,
  key: SpellingKey,
  likely: readonly NamedChord[] = [],
): NamedChord[] {
  const plain = toPlain(text);
  if (plain === '') return dropRepeats([...likely, ...chordsOfKey(key)]);
  const read = readChord(plain);
  const root = readPitchClass(plain);
  const found = read ? [read] : [];
  if (!root || /^n/i.test(plain)) return dropRepeats(found);
  const [body, under] = root.rest.split('/');
  if (under !== undefined) {
    const quality = readQuality(body);
    if (!quality) return found;
    const basses = Array.from(
      { length: 11 },
      (_, i) => (root.pitchClass + [4, 3, 7, 10, 11, 2, 5, 9, 8, 6, 1][i]) % 12,
    );
    const slashes = basses.map((bass) => ({ root: root.pitchClass, quality, bass }));
    const fits = (chord: NamedChord) =>
      pitchClassName(chord.bass ?? 0, key)
        .toLowerCase()
        .startsWith(under.toLowerCase());
    return dropRepeats([...found, ...slashes.filter(fits)]);
  }
  const start = body.replace(/^:/, '').replace(/[()]/g, '');
  const qualities = chordQualities.filter((quality) =>
    [symbols[quality].replace(/[()]/g, ''), ...spellings[quality]].some((spelling) =>
      spelling.startsWith(start),
    ),
  );
  return dropRepeats([
    ...found,
    ...qualities.map((quality) => ({ root: root.pitchClass, quality, bass: root.pitchClass })),
  ]);
}

/** Triads and the dominant's seventh of a key, and no chord. */
function chordsOfKey({ tonic, mode }: SpellingKey): NamedChord[] {
  const degrees: [number, ChordQuality][] =
    mode === 'major'
      ? [
          [0, 'maj'],
          [9, 'min'],
          [5, 'maj'],
          [7, 'maj'],
          [2, 'min'],
          [4, 'min'],
          [7, '7'],
        ]
      : [
          [0, 'min'],
          [8, 'maj'],
          [3, 'maj'],
          [10, 'maj'],
          [5, 'min'],
          [7, 'maj'],
          [7, '7'],
        ];
  const chords = degrees.map(([degree, quality]): NamedChord => {
    const root = (tonic + degree) % 12;
    return { root, quality, bass: root };
  });
  return [...chords, { root: null, quality: null, bass: null }];
}

function dropRepeats(chords: readonly NamedChord[]): NamedChord[] {
  const seen = new Set<string>();
  return chords.filter(({ root, quality, bass }) => {
    const name = `${root} ${quality} ${bass ?? root}`;
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}
