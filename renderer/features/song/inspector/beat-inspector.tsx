import { useTranslation } from 'react-i18next';
import { TICKS_PER_BEAT } from '../../../../main/contract/grid.ts';
import { move } from '../timeline-keys.ts';
import type { Item, TimelineModel } from '../timeline-model.ts';
import { useDesk } from '../use-desk.tsx';
import { Choice } from './choice.tsx';
import { CorrectButton } from './correct-button.tsx';

/** Metres that songs have, by their time signature. */
const metres = {
  '2/4': { beats: 2, unit: 'quarter' },
  '3/4': { beats: 3, unit: 'quarter' },
  '4/4': { beats: 4, unit: 'quarter' },
  '5/4': { beats: 5, unit: 'quarter' },
  '6/4': { beats: 6, unit: 'quarter' },
  '7/4': { beats: 7, unit: 'quarter' },
  '3/8': { beats: 1, unit: 'dotted-quarter' },
  '6/8': { beats: 2, unit: 'dotted-quarter' },
  '9/8': { beats: 3, unit: 'dotted-quarter' },
  '12/8': { beats: 4, unit: 'dotted-quarter' },
} as const;
type MetreName = keyof typeof metres;
const metreNames = Object.keys(metres) as MetreName[];

export function BeatInspector({ model, item }: { model: TimelineModel; item: Item }) {
  const { t } = useTranslation();
  const correct = useDesk((desk) => desk.correct);
  const { beats, metres: known } = model.analysis;
  const metre = known.findLast(({ start }) => start <= item.start) ?? known[0];
  const held = metreNames.find(
    (name) => metres[name].beats === metre.beats && metres[name].unit === metre.unit,
  );
  const next = beats[item.index + 1];
  const later = beats[item.index].position - 1;
  // The nearer way round: bars of four that begin three beats later begin one earlier.
  const shift = later > metre.beats / 2 ? later - metre.beats : later;
  return (
    <>
      <CorrectButton correction={shift === 0 ? null : { kind: 'shift', beats: shift }}>
        {t('song.beat.barHere')}
      </CorrectButton>
      <Choice
        label={t('song.beat.metre')}
        value={held ?? null}
        options={metreNames.map((id) => ({ id, name: id }))}
        onChange={(name) => void correct({ kind: 'metre', beat: item.index, ...metres[name] })}
      />
      <span className="field-group">
        <CorrectButton correction={move(model, item, 'ArrowLeft')} label={t('song.moveEarlier')}>
          ‹
        </CorrectButton>
        <CorrectButton correction={move(model, item, 'ArrowRight')} label={t('song.moveLater')}>
          ›
        </CorrectButton>
      </span>
      <CorrectButton
        correction={next ? { kind: 'add-beat', time: (beats[item.index].time + next.time) / 2 } : null}
      >
        {t('song.beat.add')}
      </CorrectButton>
      <CorrectButton correction={{ kind: 'remove-beat', beat: item.index }}>
        {t('song.beat.remove')}
      </CorrectButton>
      <CorrectButton
        correction={
          model.items.section.some(({ start }) => start === item.start)
            ? null
            : { kind: 'section-split', at: item.index * TICKS_PER_BEAT }
        }
      >
        {t('song.section.here')}
      </CorrectButton>
    </>
  );
}
