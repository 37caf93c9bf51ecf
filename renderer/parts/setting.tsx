import type { ReactNode } from 'react';
import {
  Button,
  Group,
  Input,
  Label,
  NumberField,
  Select,
  SelectValue,
  Switch,
  Text,
} from 'react-aria-components';
import { ChoiceList, type Option } from './choice-list.tsx';
import { ChevronIcon } from './icons.tsx';

/** A setting: its name and what it means on the left, what is chosen on the right. */
function SettingLine({ children }: { children: ReactNode }) {
  return <div className="setting">{children}</div>;
}

/** One of several. */
export function SelectSetting<T extends string>(props: {
  label: string;
  hint?: string;
  value: T;
  options: readonly Option<T>[];
  onChange: (value: T) => void;
}) {
  return (
    <SettingLine>
      <Select className="setting-field" value={props.value} onChange={(value) => props.onChange(value as T)}>
        <SettingName label={props.label} hint={props.hint} />
        <Button className="button choice-button setting-control">
          <SelectValue />
          <ChevronIcon />
        </Button>
        <ChoiceList options={props.options} />
      </Select>
    </SettingLine>
  );
}

/** Yes or no. */
export function SwitchSetting(props: {
  label: string;
  hint?: string;
  isSelected: boolean;
  onChange: (isSelected: boolean) => void;
}) {
  return (
    <SettingLine>
      <Switch className="setting-field switch" isSelected={props.isSelected} onChange={props.onChange}>
        <span className="setting-name">
          <span>{props.label}</span>
          {props.hint === undefined ? null : <span className="setting-hint">{props.hint}</span>}
        </span>
        <span className="switch-track">
          <span className="switch-knob" />
        </span>
      </Switch>
    </SettingLine>
  );
}

/** A number in steps. */
export function NumberSetting(props: {
  label: string;
  hint?: string;
  value: number;
  min: number;
  max: number;
  lower: string;
  higher: string;
  onChange: (value: number) => void;
}) {
  return (
    <SettingLine>
      <NumberField
        className="setting-field"
        value={props.value}
        minValue={props.min}
        maxValue={props.max}
        onChange={(value) => Number.isFinite(value) && props.onChange(value)}
      >
        <SettingName label={props.label} hint={props.hint} />
        <Group className="number-group setting-control">
          <Button slot="decrement" className="icon-button large" aria-label={props.lower}>
            −
          </Button>
          <Input className="number-input" />
          <Button slot="increment" className="icon-button large" aria-label={props.higher}>
            +
          </Button>
        </Group>
      </NumberField>
    </SettingLine>
  );
}

function SettingName({ label, hint }: { label: string; hint: string | undefined }) {
  return (
    <span className="setting-name">
      <Label>{label}</Label>
      {hint === undefined ? null : (
        <Text slot="description" className="setting-hint">
          {hint}
        </Text>
      )}
    </span>
  );
}
