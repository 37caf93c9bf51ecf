import { type RefObject, useLayoutEffect, useState } from 'react';
import { onSchemeChange } from '../shell/on-scheme-change.ts';
import { type Palette, readPalette } from './palette.ts';

/** The theme's colours for a canvas, read again when the theme changes; null before it is laid out. */
export function usePalette(element: RefObject<HTMLElement | null>): Palette | null {
  const [palette, setPalette] = useState<Palette | null>(null);
  useLayoutEffect(() => {
    const owner = element.current;
    if (owner === null) return;
    const read = () => setPalette(readPalette(owner));
    read();
    return onSchemeChange(read);
  }, [element]);
  return palette;
}
