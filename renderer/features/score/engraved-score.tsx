import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ErrorReport, toErrorReport } from '../../../main/contract/errors.ts';
import { ErrorText } from '../../parts/error-text.tsx';
import { type Engraved, engrave, engraveBehind } from './engrave.ts';
import { readingSize } from './reading-size.ts';
import { useWidth } from './use-width.ts';

interface EngravedScoreProps {
  musicxml: string;
  label: string;
  zoom: number;
  /** Hears of every slice that has been drawn, and null where all is drawn anew. */
  onEngraved?: (engraved: Engraved | null) => void;
  /** What lies over the drawn bars, from the score's corner on. */
  over?: (engraved: Engraved) => ReactNode;
}

/** Draws MusicXML, again for every width. */
export function EngravedScore({ musicxml, label, zoom, onEngraved, over }: EngravedScoreProps) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const [engraved, setEngraved] = useState<Engraved | null>(null);
  const [error, setError] = useState<ErrorReport | null>(null);
  const width = useWidth(frame);
  const tell = useRef(onEngraved);
  tell.current = onEngraved;

  const last = useRef<{ key: string; stop: AbortController } | null>(null);
  useEffect(
    () => () => {
      last.current?.stop.abort();
      last.current = null;
    },
    [],
  );

  const shown = useRef<{ engraved: Engraved; width: number; size: number } | null>(null);
  useEffect(() => {
    const container = frame.current;
    if (container === null || width === 0) return;
    // A larger score makes its sheet wider: that width counts already, though it is told a moment later.
    const wide = container.clientWidth;
    const size = zoom * readingSize();
    const key = `${wide} ${size} ${musicxml}`;
    if (last.current?.key === key) return;
    last.current?.stop.abort();
    const stop = new AbortController();
    last.current = { key, stop };
    setError(null);
    const show = (drawn: Engraved | null) => {
      shown.current = drawn && { engraved: drawn, width: wide, size };
      setEngraved(drawn);
      tell.current?.(drawn);
    };
    const before = shown.current;
    // Only the music has changed: what stands stays in sight until the new score can take its place.
    const redraw = before?.width === wide && before.size === size && isComplete(before.engraved);
    if (!redraw) show(null);
    const drawing = redraw
      ? engraveBehind(container, musicxml, size, stop.signal, show)
      : engrave(container, musicxml, size, stop.signal, show);
    drawing.catch((cause: unknown) => {
      if (!stop.signal.aborted) setError(toErrorReport(cause));
    });
  }, [musicxml, width, zoom]);

  const complete = engraved !== null && isComplete(engraved);
  return (
    <>
      {error === null ? null : <ErrorText error={error} />}
      <div className="engraved-frame">
        <div
          ref={frame}
          className="engraved"
          role="img"
          aria-label={label}
          aria-busy={!complete}
          data-complete={complete}
        />
        {engraved === null || over === undefined ? null : over(engraved)}
      </div>
      {engraved === null || complete ? null : (
        <p className="engraving" role="status">
          {t('score.engraving', { shown: engraved.shownBars, total: engraved.totalBars })}
        </p>
      )}
    </>
  );
}

function isComplete({ shownBars, totalBars }: Engraved): boolean {
  return shownBars >= totalBars;
}
