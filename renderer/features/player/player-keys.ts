import { useEffect } from 'react';
import type { Player } from './player.ts';

/** Where one writes, or finds things by their first letters. */
const letters =
  'input:not([type=range]), textarea, select, [contenteditable], [role=option], [role=menuitem], [role=row]';
/** Where arrows move about. */
const arrows = `${letters}, input, [role=slider], [role=tab], [role=radio]`;
/** What Space presses. */
const space = `${letters}, button, summary, a[href], input[type=checkbox], [role=radio]`;

/** Space plays and pauses, the arrows go from bar to bar, M is the metronome, L the loop; not where a key means something else. */
export function usePlayerKeys(player: Player): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const { key, target, ctrlKey, altKey, metaKey, defaultPrevented } = event;
      if (ctrlKey || altKey || metaKey || defaultPrevented) return;
      if (target instanceof Element && target.matches(ownPlaces(key))) return;
      if (document.querySelector('[role=dialog], [role=menu]') !== null) return;
      if (!obey(player, event)) return;
      event.preventDefault();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [player]);
}

function ownPlaces(key: string): string {
  if (key === ' ') return space;
  return key.length > 1 ? arrows : letters;
}

function obey(player: Player, { key, repeat }: KeyboardEvent): boolean {
  const { settings } = player.store.getState();
  // Held down, a switch would flicker.
  if (repeat && [' ', 'm', 'l'].includes(key.toLowerCase())) return true;
  if (key === ' ') player.toggle();
  else if (key === 'ArrowLeft') player.step(-1);
  else if (key === 'ArrowRight') player.step(1);
  else if (key === 'Home') player.seek(0);
  else if (key.toLowerCase() === 'm') player.change({ metronome: !settings.metronome });
  else if (key.toLowerCase() === 'l') player.toggleLoop();
  else return false;
  return true;
}
