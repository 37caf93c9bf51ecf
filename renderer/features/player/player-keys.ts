import { useEffect } from 'react';
import type { Player } from './player.ts';

/** What has keys of its own: Space presses it, or arrows move in it. */
const ownKeys =
  'button, input, textarea, select, summary, a[href], [contenteditable], [role=slider], [role=tab], [role=menuitem], ' +
  '[role=option], [role=radio], [role=row], [role=gridcell], [role=dialog] *';

/** Space plays and pauses, the arrows go from bar to bar, M is the metronome, L the loop; not where a key means something else. */
export function usePlayerKeys(player: Player): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const { target, ctrlKey, altKey, metaKey, defaultPrevented } = event;
      if (ctrlKey || altKey || metaKey || defaultPrevented) return;
      if (target instanceof Element && target.matches(ownKeys)) return;
      if (document.querySelector('[role=dialog], [role=menu]') !== null) return;
      if (!obey(player, event.key)) return;
      event.preventDefault();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [player]);
}

function obey(player: Player, key: string): boolean {
  const { settings } = player.store.getState();
  if (key === ' ') player.toggle();
  else if (key === 'ArrowLeft') player.step(-1);
  else if (key === 'ArrowRight') player.step(1);
  else if (key === 'Home') player.seek(0);
  else if (key.toLowerCase() === 'm') player.change({ metronome: !settings.metronome });
  else if (key.toLowerCase() === 'l') player.toggleLoop();
  else return false;
  return true;
}
