import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Take } from '../../../main/contract/library.ts';
import { pitchClassName, withSigns } from '../../../main/contract/pitch-names.ts';
import { scoreOptionsSchema } from '../../../main/contract/score-options.ts';
import { NumberStepper } from '../../parts/number-stepper.tsx';
import { useLibrary } from '../../state/use-library.tsx';

/** In which key takes are read and played, and one that would be easier. */
export function PaperKey({ take }: { take: Take }) {
  const { t } = useTranslation();
  const options = useLibrary((library) => library.scoreOptions);
  const setOptions = useLibrary((library) => library.setScoreOptions);
  const { minValue, maxValue } = scoreOptionsSchema.shape.transpose.unwrap();
  const easier = take.facts?.easierKey ?? null;
  return (
    <div className="paper-key">
      <NumberStepper
        label={t('takes.panel.transpose')}
        value={options.transpose}
        minValue={minValue ?? 0}
        maxValue={maxValue ?? 0}
        signed
        onChange={(transpose) => setOptions({ ...options, transpose })}
      />
      {easier === null || easier.semitones === options.transpose ? null : (
        <Button
          className="button small"
          onPress={() => setOptions({ ...options, transpose: easier.semitones })}
        >
          {t('takes.panel.easierKey', {
            key: t(`song.key.${easier.mode}`, { tonic: withSigns(pitchClassName(easier.tonic, easier)) }),
          })}
        </Button>
      )}
    </div>
  );
}
