import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { onLeaving } from '../../state/late-saver.ts';
import { useLibrary } from '../../state/use-library.tsx';
import { Player } from './player.ts';
import type { PlayerState } from './player-state.ts';

const PlayerContext = createContext<Player | null>(null);

/** One player for a song in all its views; it plays the take that is shown, transposed as the score is. */
export function PlayerProvider(props: {
  songId: string;
  takeId: string | null;
  /** Rises when the take's music changes. */
  revision?: number;
  children: ReactNode;
}) {
  const { songId, takeId, revision = 0, children } = props;
  const semitones = useLibrary((library) => library.scoreOptions.transpose);
  const source = useLibrary((library) => library.sound);
  const [player, setPlayer] = useState<Player | null>(null);
  useEffect(() => {
    const own = new Player(songId, source);
    setPlayer(own);
    const stay = onLeaving(() => void own.flush());
    return () => {
      stay();
      void own.close();
    };
  }, [songId, source]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a mended take is read again
  useEffect(() => {
    void player?.setTake(takeId);
  }, [player, takeId, revision]);
  useEffect(() => player?.setPitch(semitones), [player, semitones]);
  return <PlayerContext value={player}>{children}</PlayerContext>;
}

/** The player; null in the moment before there is one. */
export function usePlayer(): Player | null {
  return useContext(PlayerContext);
}

/** Reads a part of a player's state and follows its changes. */
export function usePlayerState<T>(player: Player, select: (state: PlayerState) => T): T {
  return useStore(player.store, select);
}
