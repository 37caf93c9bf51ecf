import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Take } from '../../../main/contract/library.ts';
import { ErrorText } from '../../parts/error-text.tsx';
import { readingSize } from '../score/reading-size.ts';
import { nameTake } from '../takes/take-name.ts';
import { DrawnScore } from './compared-score.tsx';
import type { DrawnLanes } from './engrave-compared.ts';
import { LaneOverlay } from './lane-overlay.tsx';
import { type Column, scrollInStep } from './scroll-in-step.ts';
import { Opening, useScoreTogether } from './under-scores.tsx';

interface BesideScoresProps {
  songId: string;
  takes: readonly Take[];
  differences: readonly number[];
}

/** CSS pixels that a bar of the densest music needs. */
const BAR_WIDTH = 320;

const barsIn = (width: number) => Math.max(1, Math.floor(width / (BAR_WIDTH * readingSize())));

/** Takes beside one another; the same bars are on the same system of each, and they are scrolled together. */
export function BesideScores({ songId, takes, differences }: BesideScoresProps) {
  const columns = useRef(new Map<string, Column>());
  return (
    <div className="compare-columns">
      {takes.map((take) => (
        <TakeColumn
          key={take.id}
          songId={songId}
          take={take}
          differences={differences}
          onDrawn={(column) => {
            if (column === null) columns.current.delete(take.id);
            else columns.current.set(take.id, column);
          }}
          onScrolled={() => scrollInStep(take.id, columns.current)}
        />
      ))}
    </div>
  );
}

interface TakeColumnProps {
  songId: string;
  take: Take;
  differences: readonly number[];
  onDrawn: (column: Column | null) => void;
  onScrolled: () => void;
}

function TakeColumn({ songId, take, differences, onDrawn, onScrolled }: TakeColumnProps) {
  const { t } = useTranslation();
  const desk = useRef<HTMLElement>(null);
  const one = useRef([take]);
  if (one.current[0] !== take) one.current = [take];
  const score = useScoreTogether(one.current);
  const label = t('takes.numbered', { number: take.number, name: nameTake(t, take) });
  const over = (drawn: DrawnLanes) => {
    if (desk.current !== null) onDrawn({ desk: desk.current, places: drawn.places });
    return <LaneOverlay songId={songId} drawn={drawn} takes={one.current} differences={differences} />;
  };
  return (
    <section
      ref={desk}
      className="desk compare-column"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
      tabIndex={0}
      onScroll={onScrolled}
    >
      <div className="sheet compare-sheet">
        {score === null ? (
          <Opening />
        ) : 'error' in score ? (
          <ErrorText error={score.error} />
        ) : (
          <DrawnScore score={score.value} label={label} barsPerSystem={barsIn} over={over} />
        )}
      </div>
    </section>
  );
}
