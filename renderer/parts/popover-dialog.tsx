import type { ReactNode } from 'react';
import { Button, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';

interface PopoverDialogProps {
  /** What the button says that opens it. */
  button: ReactNode;
  isDisabled?: boolean;
  title: string;
  className: string;
  children: (close: () => void) => ReactNode;
}

/** A button of a toolbar with a small dialog below it. */
export function PopoverDialog({
  button,
  isDisabled = false,
  title,
  className,
  children,
}: PopoverDialogProps) {
  return (
    <DialogTrigger>
      <Button className="button" isDisabled={isDisabled}>
        {button}
      </Button>
      <Popover className="popover" placement="bottom end">
        <Dialog className={`dialog ${className}`}>
          {({ close }) => (
            <>
              <Heading slot="title" className="dialog-title">
                {title}
              </Heading>
              {children(close)}
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
