import { useEffect } from 'react';

/** Where one writes or finds things by their first letters. */
const letters =
  'input, textarea, select, [contenteditable], [role=menuitem], [role=menuitemcheckbox], [role=option]';

/** 1 to 4 choose the take that sounds, 0 the chosen passages. */
export function useCompareKeys(takes: number, onChoose: (lane: number | null) => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const { key, target, ctrlKey, altKey, metaKey, defaultPrevented } = event;
      if (ctrlKey || altKey || metaKey || defaultPrevented) return;
      if (target instanceof Element && target.matches(letters)) return;
      if (document.querySelector('[role=dialog], [role=menu]') !== null) return;
      const lane = Number(key) - 1;
      if (key === '0') onChoose(null);
      else if (/^[1-4]$/.test(key) && lane < takes) onChoose(lane);
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [takes, onChoose]);
}
