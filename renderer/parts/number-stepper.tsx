import { Button, Group, Input, Label, NumberField } from 'react-aria-components';

/** A whole number, typed or stepped. */
export function NumberStepper(props: {
  label: string;
  value: number;
  minValue: number;
  maxValue: number;
  /** With a sign before it. */
  signed?: boolean;
  onChange: (value: number) => void;
}) {
  return (
    <NumberField
      className="number-stepper"
      value={props.value}
      minValue={props.minValue}
      maxValue={props.maxValue}
      step={1}
      formatOptions={props.signed ? { signDisplay: 'exceptZero' } : {}}
      onChange={(value) => {
        if (Number.isFinite(value)) props.onChange(value);
      }}
    >
      <Label className="field-label">{props.label}</Label>
      <Group className="stepper-group">
        <Button slot="decrement" className="icon-button">
          −
        </Button>
        <Input className="stepper-input" />
        <Button slot="increment" className="icon-button">
          +
        </Button>
      </Group>
    </NumberField>
  );
}
