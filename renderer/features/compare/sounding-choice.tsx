import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Take } from '../../../main/contract/library.ts';
import { nameTake } from '../takes/take-name.ts';

const COMP = 'comp';

interface SoundingChoiceProps {
  takes: readonly Take[];
  /** Null: the chosen passages. */
  sounding: string | null;
  onChange: (takeId: string | null) => void;
}

/** What is heard: one of the takes, or the passages that were chosen. The keys 1 to 4 and 0 do the same. */
export function SoundingChoice({ takes, sounding, onChange }: SoundingChoiceProps) {
  const { t } = useTranslation();
  return (
    <ToggleButtonGroup
      className="sounding"
      aria-label={t('compare.sounding')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[sounding ?? COMP]}
      onSelectionChange={([key]) => onChange(key === COMP ? null : String(key))}
    >
      {takes.map((take, index) => (
        <ToggleButton
          key={take.id}
          id={take.id}
          className="sounding-option"
          aria-keyshortcuts={String(index + 1)}
          aria-label={t('takes.numbered', { number: take.number, name: nameTake(t, take) })}
        >
          <span className="take-number">{take.number}</span>
          <span className="sounding-name">{nameTake(t, take)}</span>
        </ToggleButton>
      ))}
      <ToggleButton id={COMP} className="sounding-option comp" aria-keyshortcuts="0">
        {t('compare.comp')}
      </ToggleButton>
    </ToggleButtonGroup>
  );
}
