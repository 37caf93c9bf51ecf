import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Take } from '../../../main/contract/library.ts';
import type { NoteName } from '../../../main/contract/takes.ts';
import { useLibrary } from '../../state/use-library.tsx';
import { describeNote } from './describe-note.ts';
import { isNamed, matchNotes, nameOf, type PlacedNote } from './match-notes.ts';
import type { NotePlace } from './note-places.ts';
import { chosenNote, useRepair } from './repair-state.ts';
import type { Gesture } from './repairs.ts';
import { useRepairs } from './use-repairs.ts';

/** CSS pixels by which a click may miss a note head. */
const MISS = 9;

interface RepairLayerProps {
  take: Take;
  readNotes: () => readonly NotePlace[];
}

/** Over the score: a note is chosen by a click or the arrows, and mended by keys. */
export function RepairLayer({ take, readNotes }: RepairLayerProps) {
  const { t } = useTranslation();
  const selected = useRepair((state) => chosenNote(state, take.id));
  const choose = useRepair((state) => state.select);
  const select = (note: NoteName | null) => choose(take.id, note);
  const { music, mend } = useRepairs(take);
  const semitones = useLibrary((library) => library.scoreOptions.transpose);
  const [places, setPlaces] = useState<readonly NotePlace[]>([]);
  const layer = useRef<HTMLDivElement>(null);
  useEffect(() => setPlaces(readNotes()), [readNotes]);
  useEffect(() => layer.current?.focus({ preventScroll: true }), []);
  const notes = useMemo(
    () => (music === null ? [] : matchNotes(music, places, semitones)),
    [music, places, semitones],
  );
  const chosen = notes.find(({ note }) => isNamed(note, selected)) ?? null;

  const clicked = (event: MouseEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const found = noteUnder(notes, event.clientX - box.x, event.clientY - box.y);
    select(found && nameOf(found.note));
  };
  const pressed = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = stepOf(event);
    const gesture = gestureOf(event);
    if (step !== 0 && notes.length > 0) {
      const at = chosen ? notes.indexOf(chosen) : step > 0 ? -1 : notes.length;
      const next = notes[Math.min(notes.length - 1, Math.max(0, at + step))]!;
      select(nameOf(next.note));
      bringIntoView(layer.current, next);
    } else if (gesture !== null) mend(gesture);
    else if (event.key === 'Escape' && selected !== null) select(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={layer}
      className="score-overlay repair-layer"
      role="application"
      aria-label={t('repair.layer')}
      aria-description={t('repair.help')}
      data-notes={places.length}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys choose and mend notes here
      tabIndex={0}
      onClick={clicked}
      onKeyDown={pressed}
    >
      <span className="visually-hidden" role="status">
        {music && chosen ? describeNote(t, music, chosen.note) : ''}
      </span>
      {chosen?.heads.map(({ x, y, width, height }) => (
        <div
          key={`${x} ${y}`}
          className="repair-ring"
          style={{
            insetInlineStart: x - 5,
            insetBlockStart: y - 5,
            inlineSize: width + 10,
            blockSize: height + 10,
          }}
        />
      ))}
    </div>
  );
}

function stepOf({ key, altKey, shiftKey, ctrlKey, metaKey }: KeyboardEvent): number {
  if (altKey || shiftKey || ctrlKey || metaKey) return 0;
  return key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
}

function gestureOf({ key, altKey, shiftKey, ctrlKey, metaKey }: KeyboardEvent): Gesture | null {
  if (ctrlKey || metaKey) return null;
  if (altKey) return key === 'ArrowLeft' ? 'earlier' : key === 'ArrowRight' ? 'later' : null;
  if (shiftKey) return key === 'ArrowLeft' ? 'shorter' : key === 'ArrowRight' ? 'longer' : null;
  if (key === 'ArrowUp') return 'higher';
  if (key === 'ArrowDown') return 'lower';
  return key === 'Delete' || key === 'Backspace' ? 'delete' : null;
}

function noteUnder(notes: readonly PlacedNote[], x: number, y: number): PlacedNote | null {
  let best: PlacedNote | null = null;
  let least = MISS;
  for (const placed of notes) {
    for (const head of placed.heads) {
      const across = Math.max(head.x - x, 0, x - head.x - head.width);
      const along = Math.abs(y - head.y - head.height / 2) - head.height / 4;
      const away = Math.max(across, along);
      if (away < least) {
        least = away;
        best = placed;
      }
    }
  }
  return best;
}

function bringIntoView(layer: HTMLElement | null, { heads }: PlacedNote): void {
  const desk = layer?.closest('.desk');
  const head = heads[0];
  if (!layer || !desk || !head) return;
  const top = layer.getBoundingClientRect().top - desk.getBoundingClientRect().top + head.y;
  if (top > 60 && top < desk.clientHeight - 80) return;
  desk.scrollBy({ top: top - 0.35 * desk.clientHeight, behavior: 'instant' });
}
