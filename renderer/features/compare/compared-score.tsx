import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ErrorReport, toErrorReport } from '../../../main/contract/errors.ts';
import { ErrorText } from '../../parts/error-text.tsx';
import { useWidth } from '../score/use-width.ts';
import { type ComparedScore, type DrawnLanes, engraveCompared } from './engrave-compared.ts';

interface DrawnScoreProps {
  score: Omit<ComparedScore, 'barsPerSystem'>;
  label: string;
  /** Of every system, by the width that there is; as many as fit where left out. */
  barsPerSystem?: (width: number) => number;
  over: (drawn: DrawnLanes) => ReactNode;
}

/** Draws takes that are compared, again for every width. */
export function DrawnScore({ score, label, barsPerSystem, over }: DrawnScoreProps) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<DrawnLanes | null>(null);
  const [error, setError] = useState<ErrorReport | null>(null);
  const width = useWidth(frame);
  const bars = width > 0 ? barsPerSystem?.(width) : undefined;
  useEffect(() => {
    const container = frame.current;
    if (container === null || width === 0) return;
    const stop = new AbortController();
    setError(null);
    setDrawn(null);
    const wanted = bars === undefined ? score : { ...score, barsPerSystem: bars };
    engraveCompared(container, wanted, stop.signal, setDrawn).catch((cause: unknown) => {
      if (!stop.signal.aborted) setError(toErrorReport(cause));
    });
    return () => stop.abort();
  }, [score, width, bars]);
  const complete = drawn?.complete ?? false;
  return (
    <>
      {error === null ? null : <ErrorText error={error} />}
      {drawn === null && error === null ? <p className="engraving">{t('score.opening')}</p> : null}
      <div className="engraved-frame">
        <div
          ref={frame}
          className="engraved"
          role="img"
          aria-label={label}
          aria-busy={!complete}
          data-complete={complete}
        />
        {drawn === null ? null : over(drawn)}
      </div>
    </>
  );
}
