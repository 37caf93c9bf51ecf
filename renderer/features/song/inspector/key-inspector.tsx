import { Checkbox } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { pitchClassName, withSigns } from '../../../../main/contract/pitch-names.ts';
import { CheckIcon } from '../../../parts/icons.tsx';
import type { Item, TimelineModel } from '../timeline-model.ts';
import { useDesk } from '../use-desk.tsx';
import { Choice } from './choice.tsx';
import { useStateOf } from './use-state-of.ts';

const modes = ['major', 'minor'] as const;

export function KeyInspector({ model, item }: { model: TimelineModel; item: Item }) {
  const { t } = useTranslation();
  const correct = useDesk((desk) => desk.correct);
  const { tonic, mode } = model.analysis.keys[item.index];
  const [whole, setWhole] = useStateOf(`${item.start} ${item.label}`, model.analysis.keys.length === 1);
  const tonics = Array.from({ length: 12 }, (_, i) => ({
    id: String(i),
    name: withSigns(pitchClassName(i, { tonic: i, mode })),
  }));
  return (
    <>
      <Choice
        label={t('song.key.tonic')}
        value={String(tonic)}
        options={tonics}
        onChange={(id) => void correct({ kind: 'key', start: item.start, tonic: Number(id), mode, whole })}
      />
      <Choice
        label={t('song.key.mode')}
        value={mode}
        options={modes.map((id) => ({ id, name: t(`song.key.${id}Name`) }))}
        onChange={(id) => void correct({ kind: 'key', start: item.start, tonic, mode: id, whole })}
      />
      <Checkbox className="checkbox" isSelected={whole} onChange={setWhole}>
        <span className="checkbox-mark">
          <CheckIcon />
        </span>
        {t('song.key.whole')}
      </Checkbox>
    </>
  );
}
