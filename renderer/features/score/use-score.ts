import { useEffect, useState } from 'react';
import { type ErrorReport, toErrorReport } from '../../../main/contract/errors.ts';
import { useLibrary } from '../../state/use-library.tsx';

export type ScoreState =
  | { state: 'opening' }
  | { state: 'open'; takeId: string; musicxml: string }
  | { state: 'failed'; error: ErrorReport };

/** The MusicXML of a take with the options chosen. A take never changes: it is read once for each choice. */
export function useScore(takeId: string): ScoreState {
  const readScore = useLibrary((library) => library.readScore);
  const options = useLibrary((library) => library.scoreOptions);
  const [score, setScore] = useState<ScoreState>({ state: 'opening' });
  useEffect(() => {
    let current = true;
    setScore({ state: 'opening' });
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
  }, [takeId, options, readScore]);
  return score;
}
