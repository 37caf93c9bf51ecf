import { type PointerEvent, useRef } from 'react';
import type { Take } from '../../../main/contract/library.ts';
import { useLibrary } from '../../state/use-library.tsx';
import { barStart } from '../player/bar-times.ts';
import type { Player } from '../player/player.ts';
import { CursorLine, LoopBars } from '../player/score-cursor.tsx';
import { usePlayer, usePlayerState } from '../player/use-player.tsx';
import { markedBars, useCompare } from './compare-state.ts';
import type { DrawnLanes } from './engrave-compared.ts';
import { laneUnder } from './lane-places.ts';
import { LaneTints } from './lane-tints.tsx';
import { useComparing } from './use-comparing.ts';

interface LaneOverlayProps {
  songId: string;
  drawn: DrawnLanes;
  /** From the top. */
  takes: readonly Take[];
  differences: readonly number[];
}

/** What lies over takes that are compared. A drag over bars chooses them; a click plays from a bar. */
export function LaneOverlay(props: LaneOverlayProps) {
  const player = usePlayer();
  return player === null ? null : <Overlay player={player} {...props} />;
}

/** CSS pixels that the pointer moves before it is a drag. */
const DRAG = 6;

interface Drag {
  x: number;
  y: number;
  takeId: string;
  bar: number;
  moved: boolean;
  /** The bar up to which it has marked; null before it has. */
  marked: number | null;
}

function Overlay({ player, songId, drawn, takes, differences }: LaneOverlayProps & { player: Player }) {
  const { choices, marked, takeIds } = useComparing(songId);
  const mark = useCompare((state) => state.mark);
  const choose = useCompare((state) => state.choose);
  const hear = useCompare((state) => state.hear);
  const selectTake = useLibrary((library) => library.selectTake);
  const loop = usePlayerState(player, (state) => state.settings.loop);
  const drag = useRef<Drag | null>(null);

  const under = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return laneUnder(drawn.lanes, event.clientX - box.x, event.clientY - box.y);
  };
  const pressed = (event: PointerEvent<HTMLElement>) => {
    const found = event.button === 0 ? under(event) : null;
    const take = found && takes[found.lane];
    if (!found || !take) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const { clientX: x, clientY: y } = event;
    drag.current = { x, y, takeId: take.id, bar: found.bar, moved: false, marked: null };
  };
  const moved = (event: PointerEvent<HTMLElement>) => {
    const from = drag.current;
    if (from === null) return;
    from.moved ||= Math.hypot(event.clientX - from.x, event.clientY - from.y) > DRAG;
    const found = from.moved ? under(event) : null;
    // Pointers move many times within a bar.
    if (!found || found.bar === from.marked) return;
    from.marked = found.bar;
    mark(songId, { takeId: from.takeId, anchor: from.bar, bar: found.bar });
  };
  const released = () => {
    const from = drag.current;
    drag.current = null;
    if (from === null) return;
    const now = useCompare.getState().bySong[songId]?.marked;
    if (from.moved && now) {
      const { first, last } = markedBars(now);
      choose(songId, from.takeId, first, last);
      return;
    }
    hear(songId, false);
    selectTake(songId, from.takeId);
    const bars = player.store.getState().performance?.bars;
    if (bars && from.bar < bars.length) void player.play(barStart(bars, from.bar));
  };

  return (
    <div
      className="score-overlay lane-overlay"
      onPointerDown={pressed}
      onPointerMove={moved}
      onPointerUp={released}
      onPointerCancel={() => {
        drag.current = null;
      }}
    >
      {drawn.places.map(({ x, y, width, height }, bar) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its number
          key={bar}
          className="bar-place"
          data-place={bar}
          style={{ insetInlineStart: x, insetBlockStart: y, inlineSize: width, blockSize: height }}
        />
      ))}
      {loop === null ? null : <LoopBars places={drawn.places} first={loop.first} last={loop.last} />}
      {takes.map((take, lane) => (
        <LaneTints
          key={take.id}
          places={drawn.lanes.map((bar) => bar[lane]!)}
          differences={differences}
          isChosen={(bar) => (choices[bar] ?? takeIds[0]) === take.id}
          marked={marked?.takeId === take.id ? marked : null}
        />
      ))}
      <CursorLine player={player} places={drawn.places} />
    </div>
  );
}
