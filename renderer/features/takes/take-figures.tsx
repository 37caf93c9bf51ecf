import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Take } from '../../../main/contract/library.ts';
import { useTakeMusic } from './take-music.ts';

/** Where the lines of the numbers end: notes a second, and semitones of a hand. */
const DENSE = 12;
const WIDE = 16;

/** How a take plays, in three numbers. */
export function TakeFigures({ take }: { take: Take }) {
  const { t } = useTranslation();
  const music = useTakeMusic(take);
  if (music === null) return <dl className="take-figures" aria-busy="true" />;
  const { facts, beyondHands } = music;
  const widest = Math.max(facts.hands.left.widest, facts.hands.right.widest);
  const round = (value: number) => Math.round(value * 10) / 10;
  const perSecond = round(facts.density.notesPerSecond);
  const { grade } = facts.difficulty;
  return (
    <dl className="take-figures">
      <Figure
        name={t('takes.figures.density')}
        value={t('takes.figures.perSecond', { notes: perSecond })}
        share={perSecond / DENSE}
      />
      <Figure name={t('takes.figures.reach')} value={nameInterval(t, widest)} share={widest / WIDE} />
      <Figure
        name={t('takes.figures.grade')}
        value={t('takes.figures.ofNine', { grade: round(grade) })}
        share={(grade - 1) / 8}
      />
      {beyondHands === 0 ? null : (
        <p className="take-warning">{t('takes.figures.beyond', { count: beyondHands })}</p>
      )}
    </dl>
  );
}

/** A number with a line as long as it is large. */
function Figure({ name, value, share }: { name: string; value: string; share: number }) {
  return (
    <div className="figure">
      <dt>{name}</dt>
      <dd>{value}</dd>
      <span className="figure-line" aria-hidden="true">
        <span style={{ inlineSize: `${100 * Math.min(1, Math.max(0, share))}%` }} />
      </span>
    </div>
  );
}

const intervals = [
  '0',
  '1',
  '2',
  '3',
  '4',
  '5',
  '6',
  '7',
  '8',
  '9',
  '10',
  '11',
  '12',
  '13',
  '14',
  '15',
  '16',
] as const;

/** "Octave" for 12 semitones. */
function nameInterval(t: TFunction, semitones: number): string {
  const known = intervals[Math.round(semitones)];
  return known === undefined ? t('takes.figures.semitones', { semitones }) : t(`takes.intervals.${known}`);
}
