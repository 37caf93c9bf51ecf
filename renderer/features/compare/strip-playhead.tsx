import { useCallback, useEffect, useRef } from 'react';
import { toScore } from '../player/bar-times.ts';
import type { Player } from '../player/player.ts';
import { useEachFrame } from '../player/use-each-frame.ts';
import { usePlayer, usePlayerState } from '../player/use-player.tsx';

/** Where the music is, over the strip of bars. */
export function StripPlayhead({ bars }: { bars: number }) {
  const player = usePlayer();
  return player === null || bars === 0 ? null : <Playhead player={player} bars={bars} />;
}

function Playhead({ player, bars }: { player: Player; bars: number }) {
  const line = useRef<HTMLDivElement>(null);
  const playing = usePlayerState(player, (state) => state.playing);
  const performance = usePlayerState(player, (state) => state.performance);
  const position = usePlayerState(player, (state) => state.settings.position);
  const draw = useCallback(() => {
    if (line.current === null || performance === null) return;
    const { bar, share } = toScore(performance.bars, player.heard());
    line.current.style.insetInlineStart = `${(100 * (bar + share)) / bars}%`;
  }, [player, performance, bars]);
  useEachFrame(playing, draw);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place may change while the music stands
  useEffect(draw, [draw, position]);
  return <div ref={line} className="strip-playhead" aria-hidden="true" />;
}
