import { Checkbox, Input, Label, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { TICKS_PER_BEAT } from '../../../../main/contract/grid.ts';
import { CheckIcon } from '../../../parts/icons.tsx';
import { move } from '../timeline-keys.ts';
import type { Item, TimelineModel } from '../timeline-model.ts';
import { useDesk } from '../use-desk.tsx';
import { CorrectButton } from './correct-button.tsx';
import { useStateOf } from './use-state-of.ts';

const LONGEST_NAME = 40;

export function SectionInspector({ model, item }: { model: TimelineModel; item: Item }) {
  const { t } = useTranslation();
  const correct = useDesk((desk) => desk.correct);
  const subject = `${item.start} ${item.label}`;
  const [name, setName] = useStateOf(subject, item.label);
  const [alike, setAlike] = useStateOf(subject, true);
  const isFirst = item.index === 0;
  const bars = model.bars.filter(
    ({ beat }) => beat * TICKS_PER_BEAT > item.start && beat * TICKS_PER_BEAT < item.end,
  );
  const middle = bars[bars.length >> 1];

  function rename(): void {
    const label = name.trim();
    if (label !== '' && label !== item.label) {
      void correct({ kind: 'section-name', start: item.start, label, alike });
    }
  }

  return (
    <>
      <TextField className="text-field" value={name} onChange={setName} maxLength={LONGEST_NAME}>
        <Label className="field-label">{t('song.section.name')}</Label>
        <Input
          className="text-input"
          onBlur={rename}
          onKeyDown={(event) => {
            if (event.key === 'Enter') rename();
          }}
        />
      </TextField>
      <Checkbox className="checkbox" isSelected={alike} onChange={setAlike}>
        <span className="checkbox-mark">
          <CheckIcon />
        </span>
        {t('song.section.alike', { label: item.label })}
      </Checkbox>
      <span className="field-group">
        <CorrectButton
          correction={isFirst ? null : move(model, item, 'ArrowLeft')}
          label={t('song.section.earlier')}
        >
          ‹
        </CorrectButton>
        <CorrectButton
          correction={isFirst ? null : move(model, item, 'ArrowRight')}
          label={t('song.section.later')}
        >
          ›
        </CorrectButton>
      </span>
      <CorrectButton correction={middle ? { kind: 'section-split', at: middle.beat * TICKS_PER_BEAT } : null}>
        {t('song.section.split')}
      </CorrectButton>
      <CorrectButton correction={isFirst ? null : { kind: 'section-join', start: item.start }}>
        {t('song.section.join')}
      </CorrectButton>
    </>
  );
}
