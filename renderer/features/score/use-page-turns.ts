import { type RefObject, useEffect, useRef, useSyncExternalStore } from 'react';
import { toScore } from '../player/bar-times.ts';
import { useEachFrame } from '../player/use-each-frame.ts';
import { usePlayer } from '../player/use-player.tsx';
import { pageOfBar, type ScorePage } from './pages.ts';

/** Keys of page-turning pedals and of hands. */
const keys: Readonly<Record<string, 'next' | 'previous' | 'first' | 'last'>> = {
  PageDown: 'next',
  PageUp: 'previous',
};
/** On a music stand nothing else needs the arrows; many pedals send them. */
const standKeys: typeof keys = {
  ...keys,
  ArrowRight: 'next',
  ArrowDown: 'next',
  Enter: 'next',
  ArrowLeft: 'previous',
  ArrowUp: 'previous',
  Backspace: 'previous',
  Home: 'first',
  End: 'last',
};

/** Turns pages by key and pedal. */
export function usePageKeys(
  stand: boolean,
  page: number,
  count: number,
  turnTo: (page: number) => void,
): void {
  const latest = useRef({ page, count, turnTo });
  latest.current = { page, count, turnTo };
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
      const { target } = event;
      const writes =
        'input:not([type=range], [type=checkbox]), textarea, [role=slider], [role=option], [role=menuitem], [role=dialog] *';
      if (target instanceof Element && target.matches(stand ? `${writes}, button` : writes)) {
        if (!event.key.startsWith('Page')) return;
      }
      const turn = (stand ? standKeys : keys)[event.key];
      if (turn === undefined) return;
      event.preventDefault();
      // The player's own arrows must not move the music as well.
      event.stopPropagation();
      const now = latest.current;
      const wanted = { next: now.page + 1, previous: now.page - 1, first: 0, last: now.count - 1 }[turn];
      now.turnTo(Math.min(Math.max(0, wanted), Math.max(0, now.count - 1)));
    };
    window.addEventListener('keydown', pressed, { capture: true });
    return () => window.removeEventListener('keydown', pressed, { capture: true });
  }, [stand]);
}

/** Turns the page where the music goes on to another one. Who has turned ahead stays there until then. */
export function useFollowedPages(pages: readonly ScorePage[], turnTo: (page: number) => void): void {
  const player = usePlayer();
  const heard = useRef<number | null>(null);
  const playing = useSyncExternalStore(
    (changed) => player?.store.subscribe(changed) ?? (() => undefined),
    () => player?.store.getState().playing ?? false,
  );
  useEachFrame(playing, () => {
    const performance = player?.store.getState().performance;
    if (!playing || !player || !performance || pages.length === 0) {
      heard.current = null;
      return;
    }
    const page = pageOfBar(pages, toScore(performance.bars, player.heard()).bar);
    if (page === heard.current) return;
    heard.current = page;
    turnTo(page);
  });
}

/** Height of an element in CSS pixels, as it changes. */
export function watchHeight(
  element: RefObject<HTMLElement | null>,
  tell: (height: number) => void,
): () => void {
  const observed = element.current;
  if (observed === null) return () => undefined;
  tell(observed.clientHeight);
  const observer = new ResizeObserver(() => tell(observed.clientHeight));
  observer.observe(observed);
  return () => observer.disconnect();
}
