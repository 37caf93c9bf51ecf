import { useEffect, useState } from 'react';
import { type ErrorReport, toErrorReport } from '../../../main/contract/errors.ts';
import { useLibrary } from '../../state/use-library.tsx';

export type ScoreState =
  | { state: 'opening' }
  | { state: 'open'; takeId: string; musicxml: string }
  | { state: 'failed'; error: ErrorReport };

/**
 * The MusicXML of a take with the options chosen.
 * @param revision rises when the take is mended: what stood stays until the new score is there
 */
export function useScore(takeId: string, revision: number): ScoreState {
  const readScore = useLibrary((library) => library.readScore);
  const options = useLibrary((library) => library.scoreOptions);
  const [score, setScore] = useState<ScoreState>({ state: 'opening' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a mended take is read again
  useEffect(() => {
    let current = true;
    setScore((before) =>
      before.state === 'open' && before.takeId === takeId ? before : { state: 'opening' },
    );
    readScore(takeId, options).then(
      (musicxml) => {
        if (current) setScore({ state: 'open', takeId, musicxml });
      },
      (error: unknown) => {
        if (current) setScore({ state: 'failed', error: toErrorReport(error) });
      },
    );
    return () => {
      current = false;
    };
  }, [takeId, revision, options, readScore]);
  return score;
}
