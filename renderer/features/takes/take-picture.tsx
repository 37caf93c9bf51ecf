import { useEffect, useRef } from 'react';
import type { Take } from '../../../main/contract/library.ts';
import { useWidth } from '../score/use-width.ts';
import { onSchemeChange } from '../shell/on-scheme-change.ts';
import { drawRoll } from './draw-roll.ts';
import { useTakeMusic } from './take-music.ts';

/** A take at a glance: where it is dense, high or low, and its melody. */
export function TakePicture({ take }: { take: Take }) {
  const music = useTakeMusic(take);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(canvas);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || music === null || width === 0) return;
    const draw = () => {
      const sharp = window.devicePixelRatio;
      const height = element.clientHeight;
      element.width = width * sharp;
      element.height = height * sharp;
      context.setTransform(sharp, 0, 0, sharp, 0, 0);
      const style = getComputedStyle(element);
      const ink = (name: string) => style.getPropertyValue(name);
      drawRoll(
        context,
        music,
        { width, height },
        {
          paper: ink('--paper'),
          line: ink('--paper-line'),
          right: ink('--paper-ink'),
          left: ink('--roll-left'),
          melody: ink('--roll-melody'),
        },
      );
      element.dataset.drawn = 'true';
    };
    draw();
    return onSchemeChange(draw);
  }, [music, width]);
  return (
    <div className="take-roll" aria-hidden="true">
      <canvas ref={canvas} className="take-picture" />
    </div>
  );
}
