import { type PointerEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { drawWave } from './draw-wave.ts';
import { openCanvas } from './sized-canvas.ts';
import type { TimelineModel } from './timeline-model.ts';
import { clampView, type TimelineView } from './timeline-view.ts';
import { useDesk } from './use-desk.tsx';
import { usePalette } from './use-palette.ts';
import { useSize } from './use-size.ts';

/** The whole recording at a glance: what is in sight on the timeline is framed and can be dragged. */
export function Overview(props: {
  model: TimelineModel;
  view: TimelineView;
  /** Width of the timeline in CSS pixels. */
  timelineWidth: number;
  onView: (view: TimelineView) => void;
}) {
  const { model, view, timelineWidth, onView } = props;
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = useSize(frame);
  const palette = usePalette(frame);
  const wave = useDesk((desk) => desk.wave);

  useEffect(() => {
    if (!canvas.current || !palette || width === 0) return;
    const context = openCanvas(canvas.current, width, height);
    if (!context) return;
    context.clearRect(0, 0, width, height);
    const scale = width / model.duration;
    const names = [...new Set(model.items.section.map(({ label }) => label))];
    for (const section of model.items.section) {
      context.fillStyle = palette.tints[names.indexOf(section.label) % palette.tints.length];
      context.fillRect(section.from * scale, 0, (section.to - section.from) * scale - 1, height);
    }
    if (wave) drawWave(context, wave, { top: 0, height }, { from: 0, scale }, width, palette);
  }, [model, wave, palette, width, height]);

  function centre(event: PointerEvent<HTMLDivElement>): void {
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    else if (event.buttons === 0) return;
    const box = event.currentTarget.getBoundingClientRect();
    const time = ((event.clientX - box.left) / box.width) * model.duration;
    const from = time - timelineWidth / view.scale / 2;
    onView(clampView({ ...view, from }, timelineWidth, model.duration));
  }

  const share = Math.min(1, timelineWidth / view.scale / model.duration);
  return (
    <div
      ref={frame}
      className="overview"
      onPointerDown={centre}
      onPointerMove={centre}
      // The timeline itself is moved by keyboard; this is only another way for the pointer.
      aria-hidden="true"
      title={t('song.overview')}
    >
      <canvas ref={canvas} />
      <span
        className="overview-frame"
        style={{
          insetInlineStart: `${(100 * view.from) / model.duration}%`,
          inlineSize: `${100 * share}%`,
        }}
      />
    </div>
  );
}
