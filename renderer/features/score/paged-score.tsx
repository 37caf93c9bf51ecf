import { type ReactNode, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { NextPageIcon, PreviousPageIcon } from '../../parts/score-icons.tsx';
import type { Engraved } from './engrave.ts';
import { layOutPages } from './pages.ts';
import { useFollowedPages, usePageKeys, watchHeight } from './use-page-turns.ts';

/** Shows a score a page at a time: whole systems, as many as there is room for. Pages turn by key, pedal and cursor. */
export function PagedScore(props: {
  /** Whether the screen has nothing but the score. */
  stand: boolean;
  /** What stands above the score on the first page. */
  header: ReactNode;
  /** Draws the score and tells where its bars are. */
  children: (onEngraved: (engraved: Engraved | null) => void) => ReactNode;
}) {
  const { stand, header, children } = props;
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(0);
  const [before, setBefore] = useState(0);
  const [engraved, setEngraved] = useState<Engraved | null>(null);
  const [wanted, setWanted] = useState(0);
  useLayoutEffect(() => watchHeight(frame, setHeight), []);
  useLayoutEffect(() => watchHeight(head, setBefore), []);
  const pages = useMemo(
    () => layOutPages(engraved?.places ?? [], height, before),
    [engraved, height, before],
  );
  const page = Math.min(wanted, Math.max(0, pages.length - 1));
  const turnTo = useCallback((to: number) => setWanted(to), []);
  usePageKeys(stand, page, pages.length, turnTo);
  useFollowedPages(pages, turnTo);
  const shown = pages[page];
  const complete = engraved !== null && engraved.shownBars >= engraved.totalBars;
  return (
    <div className="paged" data-page={page + 1} data-pages={complete ? pages.length : undefined}>
      <div ref={frame} className="page-frame">
        <div className="page-window" style={{ blockSize: shown ? shown.bottom - shown.top : '100%' }}>
          <div className="page-content" style={{ transform: `translateY(${-(shown?.top ?? 0)}px)` }}>
            <div ref={head} className="page-head">
              {header}
            </div>
            {children(setEngraved)}
          </div>
        </div>
      </div>
      <div className="page-foot">
        <Button
          className="icon-button large"
          aria-label={t('score.view.previous')}
          isDisabled={page === 0}
          onPress={() => turnTo(page - 1)}
        >
          <PreviousPageIcon />
        </Button>
        <span role="status">
          {complete
            ? t('score.view.page', { page: page + 1, pages: pages.length })
            : t('score.view.pageSoFar', { page: page + 1 })}
        </span>
        <Button
          className="icon-button large"
          aria-label={t('score.view.next')}
          isDisabled={page >= pages.length - 1}
          onPress={() => turnTo(page + 1)}
        >
          <NextPageIcon />
        </Button>
      </div>
    </div>
  );
}
