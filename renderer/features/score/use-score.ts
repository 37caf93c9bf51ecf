import { useEffect, useState } from 'react';
import { type ErrorReport, toErrorReport } from '../../../main/contract/errors.ts';
import { useLibrary } from '../../state/use-library.tsx';

export type ScoreState =
  | { state: 'opening' }
  | { state: 'open'; takeId: string; musicxml: string }
  | { state: 'failed'; error: ErrorReport };

/** The MusicXML of a take. A take never changes, so that it is read once while it is shown. */
export function useScore(takeId: string): ScoreState {
  const readScore = useLibrary((library) => library.readScore);
  const [score, setScore] = useState<ScoreState>({ state: 'opening' });
  useEffect(() => {
    let current = true;
    setScore({ state: 'opening' });
    readScore(takeId).then(
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
  }, [takeId, readScore]);
  return score;
}
