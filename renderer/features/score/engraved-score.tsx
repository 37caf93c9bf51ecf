import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ErrorReport, toErrorReport } from '../../../main/contract/errors.ts';
import { ErrorText } from '../../parts/error-text.tsx';
import type { BarPlace } from './bar-places.ts';
import { type Engraved, engrave } from './engrave.ts';
import { useWidth } from './use-width.ts';

interface EngravedScoreProps {
  musicxml: string;
  label: string;
  zoom: number;
  /** Hears of every slice that has been drawn, and null where all is drawn anew. */
  onEngraved?: (engraved: Engraved | null) => void;
  /** What lies over the drawn bars, from the score's corner on. */
  over?: (places: readonly BarPlace[]) => ReactNode;
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

  useEffect(() => {
    const container = frame.current;
    if (container === null || width === 0) return;
    const stop = new AbortController();
    setError(null);
    const show = (drawn: Engraved | null) => {
      setEngraved(drawn);
      tell.current?.(drawn);
    };
    show(null);
    engrave(container, musicxml, zoom, stop.signal, show).catch((cause: unknown) => {
      if (!stop.signal.aborted) setError(toErrorReport(cause));
    });
    return () => stop.abort();
  }, [musicxml, width, zoom]);

  const complete = engraved !== null && engraved.shownBars >= engraved.totalBars;
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
        {engraved === null || over === undefined ? null : over(engraved.places)}
      </div>
      {engraved === null || complete ? null : (
        <p className="engraving" role="status">
          {t('score.engraving', { shown: engraved.shownBars, total: engraved.totalBars })}
        </p>
      )}
    </>
  );
}
