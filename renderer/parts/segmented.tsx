import { Label, Radio, RadioGroup } from 'react-aria-components';

/** A choice of a few, all in sight. */
export function Segmented<T extends string>(props: {
  label: string;
  value: T;
  options: readonly T[];
  nameOf: (option: T) => string;
  hint: string | null;
  onChange: (value: T) => void;
}) {
  return (
    <RadioGroup
      className="segmented"
      value={props.value}
      onChange={(value) => props.onChange(value as T)}
      orientation="horizontal"
    >
      <Label className="segmented-label">{props.label}</Label>
      <div className="segmented-options">
        {props.options.map((option) => (
          <Radio key={option} value={option} className="segmented-option">
            {props.nameOf(option)}
          </Radio>
        ))}
      </div>
      {props.hint === null ? null : <p className="segmented-hint">{props.hint}</p>}
    </RadioGroup>
  );
}
