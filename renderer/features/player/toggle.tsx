import type { ReactNode } from 'react';
import { ToggleButton, Tooltip, TooltipTrigger } from 'react-aria-components';

/** A sign that is on or off; its name and its key are shown beside the pointer. */
export function Toggle(props: {
  name: string;
  /** The key that does the same. */
  shortcut?: string;
  isSelected: boolean;
  isDisabled?: boolean;
  onChange: (isSelected: boolean) => void;
  children: ReactNode;
}) {
  const { name, shortcut, isSelected, isDisabled = false, onChange, children } = props;
  return (
    <TooltipTrigger delay={600}>
      <ToggleButton
        className="icon-button large toggle"
        aria-label={name}
        aria-keyshortcuts={shortcut}
        isSelected={isSelected}
        isDisabled={isDisabled}
        onChange={onChange}
      >
        {children}
      </ToggleButton>
      <Tooltip className="tooltip" offset={6}>
        {name}
        {shortcut === undefined ? null : <kbd>{shortcut}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  );
}
