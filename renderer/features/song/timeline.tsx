import { type KeyboardEvent, type MouseEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tickAt } from '../../../main/contract/beat-time.ts';
import { describeItem, nameKey } from './describe-item.ts';
import { dragItem, dropItem, noteStep } from './drag.ts';
import { drawTimeline } from './draw-timeline.ts';
import { type Hit, hitTest, pitchUnder } from './hit.ts';
import type { Playhead } from './playhead.ts';
import { openCanvas } from './sized-canvas.ts';
import { readKey } from './timeline-keys.ts';
import { layOutRows } from './timeline-lanes.ts';
import type { Item, TimelineModel } from './timeline-model.ts';
import { clampView, followMusic, showSpan, type TimelineView, zoomAt } from './timeline-view.ts';
import { useDesk, useDeskStore } from './use-desk.tsx';
import { usePalette } from './use-palette.ts';

/** Pixels that the pointer has to move before a press becomes a drag. */
const SLACK = 3;

interface Drag {
  hit: Hit;
  x: number;
  moved: Item | null;
}

/** Everything that was heard, over the recording: to be looked at, walked through and set right. */
export function Timeline(props: {
  model: TimelineModel;
  size: { width: number; height: number };
  view: TimelineView;
  onView: (view: TimelineView) => void;
  onEdit: () => void;
  playhead: Playhead;
}) {
  const { model, size, view, onView, playhead } = props;
  const { width, height } = size;
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette(frame);
  const desk = useDeskStore();
  const wave = useDesk((desk) => desk.wave);
  const selection = useDesk((desk) => desk.selection);
  const select = useDesk((desk) => desk.select);
  const correct = useDesk((desk) => desk.correct);
  const working = useDesk((desk) => desk.working);
  const [drag, setDrag] = useState<Drag | null>(null);
  const [cursor, setCursor] = useState<'default' | 'ew-resize' | 'grab'>('default');
  /** Where the music was drawn last. */
  const place = useRef<number | null>(null);
  const rows = layOutRows(height);
  const selected = selection && (model.items[selection.lane][selection.index] ?? null);

  useEffect(() => {
    const element = canvas.current;
    if (!element || !palette || width === 0) return;
    const draw = () => {
      const context = openCanvas(element, width, height);
      if (!context) return;
      drawTimeline(context, {
        model,
        wave,
        view,
        rows: layOutRows(height),
        width,
        height,
        selected,
        dragged: drag?.moved ?? null,
        playhead: playhead.seconds,
        keyName: (item) => nameKey(t, model, item),
        palette,
      });
      element.dataset.seconds = playhead.seconds?.toFixed(4);
    };
    draw();
    return playhead.follow(() => {
      const { seconds, playing } = playhead;
      const turned =
        playing && seconds !== null ? followMusic(view, place.current, seconds, width, model.duration) : null;
      place.current = seconds;
      if (turned) onView(turned);
      else draw();
    });
  }, [model, wave, view, width, height, selected, drag, palette, playhead, onView, t]);

  // What was chosen by keyboard or corrected comes into sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new choice moves the view
  useEffect(() => {
    if (selected && width > 0) onView(showSpan(view, selected, width, model.duration));
  }, [selected, width]);

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    // React's own wheel listeners cannot keep the page from zooming.
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const x = event.clientX - element.getBoundingClientRect().left;
      if (event.ctrlKey || event.metaKey) {
        onView(zoomAt(view, Math.exp(-event.deltaY / 200), x, width, model.duration));
        return;
      }
      const by = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.deltaY;
      onView(clampView({ ...view, from: view.from + by / view.scale }, width, model.duration));
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, [view, width, model, onView]);

  function pointOf(event: MouseEvent): { x: number; y: number } {
    const box = frame.current!.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  function press(event: PointerEvent<HTMLDivElement>): void {
    if (event.button !== 0) return;
    // What is being typed about another item is kept before that goes.
    if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur();
    const point = pointOf(event);
    const hit = hitTest(model, view, rows, point);
    select(hit?.item ?? null);
    playhead.seek(view.from + point.x / view.scale);
    if (!hit?.grip || working) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ hit, x: point.x, moved: null });
  }

  function pull(event: PointerEvent<HTMLDivElement>): void {
    const point = pointOf(event);
    if (!drag) {
      const grip = hitTest(model, view, rows, point)?.grip ?? null;
      setCursor(grip === null ? 'default' : grip === 'whole' ? 'grab' : 'ew-resize');
      return;
    }
    if (drag.moved === null && Math.abs(point.x - drag.x) < SLACK && drag.hit.item.lane !== 'note') return;
    const seconds = (point.x - drag.x) / view.scale;
    const pitch = pitchUnder(model, rows, point.y);
    setDrag({ ...drag, moved: dragItem(model, drag.hit, { seconds, pitch }) });
  }

  function drop(): void {
    if (!drag) return;
    setDrag(null);
    // Refused anyway, and the item is drawn where it still is.
    if (desk.getState().working) return;
    const correction = drag.moved && dropItem(model, drag.hit.item, drag.moved);
    if (correction) void correct(correction);
  }

  /** A double click adds what is missing: a beat among beats, a note in the melody; elsewhere it edits. */
  function add(event: MouseEvent<HTMLDivElement>): void {
    const point = pointOf(event);
    const hit = hitTest(model, view, rows, point);
    if (hit && hit.item.lane !== 'beat') {
      props.onEdit();
      return;
    }
    const seconds = view.from + point.x / view.scale;
    const pitch = pitchUnder(model, rows, point.y);
    if (pitch !== null) {
      const step = noteStep(model);
      const start = Math.max(0, Math.floor(tickAt(model.analysis.beats, seconds) / step) * step);
      void correct({ kind: 'add-note', note: { start, duration: 2 * step, pitch } });
    } else if (!hit && point.y >= rows.beat.top && point.y < rows.beat.top + rows.beat.height) {
      void correct({ kind: 'add-beat', time: seconds });
    }
  }

  function handleKey(event: KeyboardEvent<HTMLDivElement>): void {
    const at = playhead.seconds ?? view.from + width / view.scale / 2;
    const wish = readKey(model, selected, at, event);
    if (!wish) return;
    event.preventDefault();
    if (wish.do === 'select') select(wish.item);
    else if (wish.do === 'correct') void correct(wish.correction);
    else if (wish.do === 'zoom') onView(zoomAt(view, wish.factor, width / 2, width, model.duration));
    else if (wish.do === 'play') playhead.toggle();
    else props.onEdit();
  }

  return (
    <>
      <div
        ref={frame}
        className="timeline"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes keys of its own
        tabIndex={0}
        aria-label={t('song.timeline')}
        aria-describedby="timeline-help"
        aria-busy={working}
        data-cursor={cursor}
        data-drawn={wave !== null}
        onPointerDown={press}
        onPointerMove={pull}
        onPointerUp={drop}
        onPointerCancel={() => setDrag(null)}
        onDoubleClick={add}
        onKeyDown={handleKey}
      >
        <canvas ref={canvas} />
      </div>
      <p id="timeline-help" className="visually-hidden">
        {t('song.timelineHelp')}
      </p>
      <p className="visually-hidden" role="status">
        {selected ? describeItem(t, model, selected) : ''}
      </p>
    </>
  );
}
