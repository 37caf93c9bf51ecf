import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Take } from '../../../main/contract/library.ts';
import { nameTake } from '../takes/take-name.ts';
import { markedBars, useCompare } from './compare-state.ts';
import { StripPlayhead } from './strip-playhead.tsx';
import { useComparing } from './use-comparing.ts';

interface ChoiceStripProps {
  songId: string;
  takes: readonly Take[];
  differences: readonly number[];
  /** Shows a bar in the scores. */
  onShow: (bar: number) => void;
}

/**
 * The whole song bar by bar, a row for each take: where it differs, where it was chosen. Arrows go from bar to bar and
 * from take to take, with Shift they mark, Enter chooses.
 */
export function ChoiceStrip({ songId, takes, differences, onShow }: ChoiceStripProps) {
  const { t } = useTranslation();
  const { choices, marked, takeIds } = useComparing(songId);
  const mark = useCompare((state) => state.mark);
  const choose = useCompare((state) => state.choose);
  const dragging = useRef(false);
  const [at, setAt] = useState({ bar: 0, lane: 0 });
  const bars = differences.length;
  const bar = Math.max(0, Math.min(at.bar, bars - 1));
  const lane = Math.min(at.lane, takes.length - 1);
  const cellId = (row: number, column: number) => `strip-${songId.slice(0, 8)}-${row}-${column}`;

  const go = (toBar: number, toLane: number, marks: boolean) => {
    // The takes are still being compared.
    if (bars === 0) return;
    const next = {
      bar: Math.min(bars - 1, Math.max(0, toBar)),
      lane: Math.min(takes.length - 1, Math.max(0, toLane)),
    };
    const takeId = takes[next.lane]!.id;
    const anchor = marks && marked?.takeId === takeId ? marked.anchor : marks ? bar : next.bar;
    mark(songId, { takeId, anchor, bar: next.bar });
    setAt(next);
    onShow(next.bar);
  };
  const pressed = (event: KeyboardEvent<HTMLElement>) => {
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey) return;
    if (key === 'ArrowLeft') go(bar - 1, lane, shiftKey);
    else if (key === 'ArrowRight') go(bar + 1, lane, shiftKey);
    else if (key === 'ArrowUp') go(bar, lane - 1, false);
    else if (key === 'ArrowDown') go(bar, lane + 1, false);
    else if (key === 'Home') go(0, lane, shiftKey);
    else if (key === 'End') go(bars - 1, lane, shiftKey);
    else if (key === 'PageDown') go(bar + 8, lane, shiftKey);
    else if (key === 'PageUp') go(bar - 8, lane, shiftKey);
    else if (bars > 0 && (key === 'Enter' || key === ' ')) {
      const { first, last } = markedBars(marked ?? { takeId: takes[lane]!.id, anchor: bar, bar });
      choose(songId, takes[lane]!.id, first, last);
    } else if (key === 'Escape' && marked) mark(songId, null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const under = (event: PointerEvent<HTMLElement>) => {
    const cell = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>('.strip-cell');
    return cell ? { bar: Number(cell.dataset.bar), lane: Number(cell.dataset.lane) } : null;
  };
  const down = (event: PointerEvent<HTMLElement>) => {
    const found = event.button === 0 ? under(event) : null;
    if (found === null) return;
    dragging.current = true;
    go(found.bar, found.lane, event.shiftKey);
  };
  const move = (event: PointerEvent<HTMLElement>) => {
    const found = dragging.current ? under(event) : null;
    if (found && marked && found.bar !== marked.bar) mark(songId, { ...marked, bar: found.bar });
  };
  const up = () => {
    if (!dragging.current) return;
    dragging.current = false;
    const now = useCompare.getState().bySong[songId]?.marked;
    if (!now) return;
    const { first, last } = markedBars(now);
    choose(songId, now.takeId, first, last);
  };

  return (
    <div className="strip-frame">
      {/* biome-ignore lint/a11y/useSemanticElements: a table cannot be a row of boxes of any width */}
      <div
        className="choice-strip"
        role="grid"
        aria-label={t('compare.strip')}
        aria-description={t('compare.stripHelp')}
        aria-multiselectable="true"
        tabIndex={0}
        aria-activedescendant={cellId(lane, bar)}
        onKeyDown={pressed}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerLeave={up}
      >
        {takes.map((take, row) => {
          const name = t('takes.numbered', { number: take.number, name: nameTake(t, take) });
          const range = marked?.takeId === take.id ? markedBars(marked) : null;
          return (
            // biome-ignore lint/a11y/useSemanticElements: as above
            // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and says which cell is active
            <div key={take.id} role="row" className="strip-row" aria-label={name}>
              {differences.map((share, column) => {
                const isChosen = (choices[column] ?? takeIds[0]) === take.id;
                return (
                  // biome-ignore lint/a11y/useSemanticElements: as above
                  // biome-ignore lint/a11y/useFocusableInteractive: as above
                  <div
                    // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its number
                    key={column}
                    id={cellId(row, column)}
                    role="gridcell"
                    className="strip-cell"
                    aria-selected={isChosen}
                    aria-label={t(share === 0 ? 'compare.cellSame' : 'compare.cell', {
                      bar: column + 1,
                      percent: Math.max(1, Math.round(share * 100)),
                    })}
                    data-bar={column}
                    data-lane={row}
                    data-chosen={isChosen}
                    data-marked={range !== null && column >= range.first && column <= range.last}
                    data-active={row === lane && column === bar}
                    style={{ '--differs': share } as React.CSSProperties}
                  />
                );
              })}
            </div>
          );
        })}
        <StripPlayhead bars={bars} />
      </div>
    </div>
  );
}
