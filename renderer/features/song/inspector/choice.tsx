import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';
import { ChevronIcon } from '../../../parts/icons.tsx';

/** A choice of many, one in sight. */
export function Choice<T extends string>(props: {
  label: string;
  value: T | null;
  options: readonly { id: T; name: string }[];
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
      <Popover className="popover">
        <ListBox className="menu choice-list" items={props.options}>
          {({ id, name }) => (
            <ListBoxItem id={id} className="menu-item" textValue={name}>
              {name}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
