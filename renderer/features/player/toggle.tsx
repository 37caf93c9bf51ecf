import type { ReactNode } from 'react';
import { ToggleButton, Tooltip, TooltipTrigger } from 'react-aria-components';

/** A sign that is on or off; its name is shown beside the pointer. */
export function Toggle(props: {
  name: string;
  isSelected: boolean;
  isDisabled?: boolean;
  onChange: (isSelected: boolean) => void;
  children: ReactNode;
}) {
  const { name, isSelected, isDisabled = false, onChange, children } = props;
  return (
    <TooltipTrigger delay={600}>
      <ToggleButton
        className="icon-button large toggle"
        aria-label={name}
        isSelected={isSelected}
        isDisabled={isDisabled}
        onChange={onChange}
      >
        {children}
      </ToggleButton>
      <Tooltip className="tooltip" offset={6}>
        {name}
      </Tooltip>
    </TooltipTrigger>
  );
}
