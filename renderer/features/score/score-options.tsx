import { Button, Checkbox, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { type ScoreOptions, scoreOptionsSchema } from '../../../main/contract/score-options.ts';
import { useLibrary } from '../../state/use-library.tsx';

/** What is on or off. */
export const scoreSwitches = [
  'leadSheet',
  'leadSheetAlone',
  'repeats',
  'pedal',
  'dynamics',
  'fingering',
  'largePrint',
] as const satisfies readonly (keyof ScoreOptions)[];

/** Asks how the score should look: on the screen, on paper and in exports. */
export function ScoreOptionsButton() {
  const { t } = useTranslation();
  const options = useLibrary((library) => library.scoreOptions);
  const setOptions = useLibrary((library) => library.setScoreOptions);
  const { minValue, maxValue } = scoreOptionsSchema.shape.transpose.unwrap();
  const move = (by: number) => setOptions({ ...options, transpose: options.transpose + by });
  return (
    <DialogTrigger>
      <Button className="button">{t('score.options.button')}</Button>
      <Popover className="popover" placement="bottom end">
        <Dialog className="dialog score-options">
          <Heading slot="title" className="dialog-title">
            {t('score.options.title')}
          </Heading>
          {scoreSwitches.map((name) => (
            <Checkbox
              key={name}
              className="checkbox"
              isSelected={options[name]}
              onChange={(isOn) => setOptions({ ...options, [name]: isOn })}
            >
              <span className="checkbox-box" aria-hidden="true" />
              {t(`score.options.${name}`)}
            </Checkbox>
          ))}
          <div className="stepper">
            <span>{t('score.options.transpose', { semitones: options.transpose })}</span>
            <Button
              className="button"
              aria-label={t('score.options.lower')}
              isDisabled={options.transpose <= (minValue ?? 0)}
              onPress={() => move(-1)}
            >
              −
            </Button>
            <Button
              className="button"
              aria-label={t('score.options.higher')}
              isDisabled={options.transpose >= (maxValue ?? 0)}
              onPress={() => move(1)}
            >
              +
            </Button>
          </div>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
