import { type MouseEvent, useCallback, useEffect, useRef } from 'react';
import { type BarPlace, barUnder, xAt } from '../score/bar-places.ts';
import { barStart, toScore } from './bar-times.ts';
import type { Player } from './player.ts';
import { useEachFrame } from './use-each-frame.ts';
import { usePlayer, usePlayerState } from './use-player.tsx';

/** CSS pixels by which the cursor stands out over a system. */
const OVERHANG = 14;

/** The line that goes through the score with the music, and the bars of the loop. A click on a bar plays from it. */
export function ScoreCursor({ places }: { places: readonly BarPlace[] }) {
  const player = usePlayer();
  return player === null ? null : <Cursor player={player} places={places} />;
}

/** The line that goes through the score with the music. */
export function CursorLine({ player, places }: { player: Player; places: readonly BarPlace[] }) {
  const playing = usePlayerState(player, (state) => state.playing);
  const performance = usePlayerState(player, (state) => state.performance);
  const position = usePlayerState(player, (state) => state.settings.position);
  const line = useRef<HTMLDivElement>(null);
  const system = useRef<number | null>(null);

  const draw = useCallback(() => {
    const element = line.current;
    if (element === null || performance === null) return;
    const seconds = player.heard();
    const { bar, share } = toScore(performance.bars, seconds);
    const place = places[bar];
    element.hidden = place === undefined;
    element.dataset.seconds = seconds.toFixed(4);
    if (place === undefined) return;
    element.style.transform = `translate3d(${xAt(place, share).toFixed(2)}px, ${place.y - OVERHANG}px, 0)`;
    element.style.blockSize = `${place.height + 2 * OVERHANG}px`;
    if (system.current !== place.y) {
      if (system.current !== null && playing) bringIntoView(element, place);
      system.current = place.y;
    }
  }, [player, performance, places, playing]);
  useEachFrame(playing, draw);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place may change while the music stands
  useEffect(draw, [draw, position]);

  return <div ref={line} className="score-cursor" hidden data-playing={playing} />;
}

function Cursor({ player, places }: { player: Player; places: readonly BarPlace[] }) {
  const performance = usePlayerState(player, (state) => state.performance);
  const loop = usePlayerState(player, (state) => state.settings.loop);
  const clicked = (event: MouseEvent<HTMLDivElement>) => {
    if (performance === null) return;
    const box = event.currentTarget.getBoundingClientRect();
    const bar = barUnder(places, event.clientX - box.x, event.clientY - box.y);
    if (bar === null || bar >= performance.bars.length) return;
    if (event.shiftKey) {
      const from = loop?.first ?? toScore(performance.bars, player.heard()).bar;
      player.change({ loop: { first: Math.min(from, bar), last: Math.max(from, bar) } });
    } else void player.play(barStart(performance.bars, bar));
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys go from bar to bar
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut of the mouse
    <div className="score-overlay" onClick={clicked}>
      {loop === null ? null : <LoopBars places={places} first={loop.first} last={loop.last} />}
      <CursorLine player={player} places={places} />
    </div>
  );
}

/** The bars of the loop, tinted: a stretch on each of their systems. */
export function LoopBars({
  places,
  first,
  last,
}: {
  places: readonly BarPlace[];
  first: number;
  last: number;
}) {
  const stretches = new Map<number, { x: number; end: number; height: number }>();
  for (const { x, width, y, height } of places.slice(first, last + 1)) {
    const known = stretches.get(y);
    stretches.set(y, { x: known?.x ?? x, end: x + width, height });
  }
  return [...stretches].map(([y, { x, end, height }]) => (
    <div
      key={y}
      className="score-loop"
      style={{
        insetInlineStart: x,
        inlineSize: end - x,
        insetBlockStart: y - OVERHANG,
        blockSize: height + 2 * OVERHANG,
      }}
    />
  ));
}

/** Scrolls the desk so that the system that is played stands in its upper half, with the next one in sight. */
function bringIntoView(line: HTMLElement, place: BarPlace): void {
  const desk = line.closest('.desk');
  const overlay = line.parentElement;
  if (desk === null || overlay === null) return;
  const top = overlay.getBoundingClientRect().top - desk.getBoundingClientRect().top + place.y;
  if (top > 0.1 * desk.clientHeight && top + place.height < 0.6 * desk.clientHeight) return;
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  desk.scrollBy({ top: top - 0.2 * desk.clientHeight, behavior: still ? 'instant' : 'smooth' });
}
