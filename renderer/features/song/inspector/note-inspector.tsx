import { useTranslation } from 'react-i18next';
import type { Correction } from '../../../../main/contract/corrections.ts';
import { noteStep } from '../drag.ts';
import { move } from '../timeline-keys.ts';
import type { Item, TimelineModel } from '../timeline-model.ts';
import { CorrectButton } from './correct-button.tsx';

export function NoteInspector({ model, item }: { model: TimelineModel; item: Item }) {
  const { t } = useTranslation();
  const { start, duration, pitch } = model.analysis.melody[item.index];
  const step = noteStep(model);
  const last = (length: number): Correction | null =>
    length > 0 ? { kind: 'note', start, note: { start, duration: length, pitch } } : null;
  return (
    <>
      <span className="field-group">
        <CorrectButton correction={move(model, item, 'ArrowDown')} label={t('song.note.lower')}>
          ♭
        </CorrectButton>
        <CorrectButton correction={move(model, item, 'ArrowUp')} label={t('song.note.higher')}>
          ♯
        </CorrectButton>
      </span>
      <span className="field-group">
        <CorrectButton correction={move(model, item, 'ArrowLeft')} label={t('song.moveEarlier')}>
          ‹
        </CorrectButton>
        <CorrectButton correction={move(model, item, 'ArrowRight')} label={t('song.moveLater')}>
          ›
        </CorrectButton>
      </span>
      <span className="field-group">
        <CorrectButton correction={last(duration - step)}>{t('song.note.shorter')}</CorrectButton>
        <CorrectButton correction={last(duration + step)}>{t('song.note.longer')}</CorrectButton>
      </span>
      <CorrectButton correction={{ kind: 'note', start, note: null }}>{t('song.note.remove')}</CorrectButton>
    </>
  );
}
