import { useEffect } from 'react';
import type { TakePick } from '../../../main/contract/takes.ts';
import { useLibrary } from '../../state/use-library.tsx';
import type { Player } from '../player/player.ts';

/** Plays the chosen passages in place of a take, while that is wanted. */
export function useCompSound(
  player: Player | null,
  picks: readonly TakePick[],
  wanted: boolean,
  takeId: string,
): void {
  const tryComp = useLibrary((library) => library.takeDesk.tryComp);
  const key = JSON.stringify(picks);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that matters of the picks
  useEffect(() => {
    if (player === null || !wanted || picks.length === 0) return;
    let current = true;
    tryComp(picks).then(
      (performance) => {
        if (current) player.setMusic(performance);
      },
      // Keeping it will say why it cannot be.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [player, key, wanted, tryComp]);
  useEffect(() => {
    if (player === null || !wanted) return;
    return () => void player.setTake(takeId);
  }, [player, wanted, takeId]);
}
