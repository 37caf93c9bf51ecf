import { Button, Label, Select, SelectValue } from 'react-aria-components';
import { ChoiceList, type Option } from '../../../parts/choice-list.tsx';
import { ChevronIcon } from '../../../parts/icons.tsx';

/** A choice of many, one in sight. */
export function Choice<T extends string>(props: {
  label: string;
  value: T | null;
  options: readonly Option<T>[];
  placeholder?: string;
  onChange: (value: T) => void;
}) {
  return (
    <Select
      className="choice"
      value={props.value}
      placeholder={props.placeholder ?? ''}
      onChange={(value) => props.onChange(value as T)}
    >
      <Label className="field-label">{props.label}</Label>
      <Button className="button small choice-button">
        <SelectValue />
        <ChevronIcon />
      </Button>
      <ChoiceList options={props.options} />
    </Select>
  );
}
