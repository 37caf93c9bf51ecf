import { useEffect } from 'react';
import { stepZoom, useScoreView } from './view-settings.ts';

/** Where one writes, or finds things by their first letters. */
const taken =
  'input:not([type=range]), textarea, select, [contenteditable], [role=option], [role=menuitem], [role=row]';

/** Plus, minus and nought zoom the score, F puts it on the music stand. */
export function useViewKeys(standing: boolean, setStanding: (standing: boolean) => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.matches(taken)) return;
      if (document.querySelector('[role=dialog], [role=menu]') !== null) return;
      const { zoom, standZoom, change } = useScoreView.getState();
      const resize = (next: number) => change(standing ? { standZoom: next } : { zoom: next });
      const now = standing ? standZoom : zoom;
      if (event.key === '+' || event.key === '=') resize(stepZoom(now, 1));
      else if (event.key === '-') resize(stepZoom(now, -1));
      else if (event.key === '0') resize(1);
      else if (event.key.toLowerCase() === 'f') setStanding(!standing);
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [standing, setStanding]);
}
