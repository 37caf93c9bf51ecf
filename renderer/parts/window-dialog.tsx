import type { ReactNode } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { ShellState } from '../state/shell.ts';
import { useShell } from '../state/use-shell.tsx';

interface WindowModalProps {
  /** Which of the window's dialogs it is. */
  id: NonNullable<ShellState['dialog']>;
  /** Classes of what lies over the window, of the frame, and of what is in it. */
  overlay?: string;
  modal: string;
  className: string;
  children: ReactNode;
}

/** The frame of a dialog of which the window has one. */
export function WindowModal({ id, overlay = '', modal, className, children }: WindowModalProps) {
  const isOpen = useShell((shell) => shell.dialog === id);
  const open = useShell((shell) => shell.open);
  return (
    <ModalOverlay
      className={`overlay ${overlay}`.trimEnd()}
      isOpen={isOpen}
      onOpenChange={(next) => next || open(null)}
      isDismissable
    >
      <Modal className={`modal ${modal}`}>
        <Dialog className={className}>{children}</Dialog>
      </Modal>
    </ModalOverlay>
  );
}

interface WindowDialogProps extends Omit<WindowModalProps, 'overlay' | 'className'> {
  title: string;
  className?: string;
  /** Before the button that closes it. */
  buttons?: ReactNode;
  /** Whether that button has the focus first. */
  focusClose?: boolean;
}

/** A dialog of which the window has one: its title, its content, and a button that closes it. */
export function WindowDialog(props: WindowDialogProps) {
  const { t } = useTranslation();
  return (
    <WindowModal id={props.id} modal={props.modal} className={`dialog ${props.className ?? ''}`.trimEnd()}>
      <Heading slot="title" className="dialog-title">
        {props.title}
      </Heading>
      {props.children}
      <div className="dialog-buttons">
        {props.buttons}
        <Button className="button" slot="close" autoFocus={props.focusClose ?? false}>
          {t('common.close')}
        </Button>
      </div>
    </WindowModal>
  );
}
