import type { Arrangement } from '../../contract/arrangement.ts';
import { defaultScoreOptions } from '../../contract/score-options.ts';
import { engrave } from './engrave.ts';
import type { Part, Score } from './score.ts';

/**
 * Engraves takes of one song with the same bars one under the other, as parts of one score, so that bars stand over bars.
 * Marks over the system and chord symbols stand once, over the top.
 * @param takes with the name that stands before their staves
 * @param transpose semitones up
 * @throws SongleafError what `engrave` throws
 */
export function engraveTogether(
  takes: readonly { name: string; arrangement: Arrangement }[],
  transpose = 0,
): {
  score: Score;
  /** Of each take. */
  staves: number[];
} {
  const scores = takes.map(({ arrangement }) => engrave(arrangement, { ...defaultScoreOptions, transpose }));
  const parts = scores.flatMap(({ parts: own }, at) =>
    own.map(
      (part): Part => ({
        ...part,
        name: own.length > 1 ? `${takes[at]!.name} ${part.name}` : takes[at]!.name,
      }),
    ),
  );
  const score = {
    ...scores[0]!,
    parts: parts.map((part, at) => ({
      ...part,
      id: `P${at + 1}`,
      abbreviation: part.name,
      measures: part.measures.map((measure) => ({
        ...measure,
        // The window breaks systems by itself.
        systemStart: false,
        ...(at === 0 ? {} : { tempo: null, swing: null, rehearsal: null, harmonies: [] }),
      })),
    })),
  };
  return { score, staves: scores.map(({ parts: own }) => own.reduce((sum, part) => sum + part.staves, 0)) };
}
