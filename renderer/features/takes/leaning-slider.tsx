import { Button, Label, Slider, SliderThumb, SliderTrack } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

interface LeaningSliderProps {
  name: string;
  /** What stands at the ends, and where nothing was asked for. */
  less: string;
  more: string;
  neutral: string;
  minValue: number;
  maxValue: number;
  step: number;
  /** Null: not asked for. */
  value: number | null;
  /** Where the thumb stands then. */
  middle: number;
  onChange: (value: number | null) => void;
}

/** More or less of something than it would have by itself. Its word sets it back. */
export function LeaningSlider(props: LeaningSliderProps) {
  const { t } = useTranslation();
  const { name, less, more, neutral, minValue, maxValue, value, middle, onChange } = props;
  const word =
    value === null ? neutral : value < middle ? less : value > middle ? more : t('takes.panel.even');
  return (
    <Slider
      className="leaning"
      minValue={minValue}
      maxValue={maxValue}
      step={props.step}
      value={value ?? middle}
      onChange={onChange}
    >
      <Label className="field-label">{name}</Label>
      <Button
        className="slider-value"
        isDisabled={value === null}
        aria-label={t('takes.panel.reset', { name, word })}
        onPress={() => onChange(null)}
      >
        {word}
      </Button>
      <SliderTrack className="slider-track" data-asked={value !== null}>
        <span
          className="slider-middle"
          style={{ insetInlineStart: `${(100 * (middle - minValue)) / (maxValue - minValue)}%` }}
        />
        <SliderThumb className="slider-thumb" aria-valuetext={word} />
      </SliderTrack>
    </Slider>
  );
}
