import type { ReactNode } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { ShellState } from '../state/shell.ts';
import { useShell } from '../state/use-shell.tsx';

interface WindowDialogProps {
  /** Which of the window's dialogs it is. */
  id: NonNullable<ShellState['dialog']>;
  title: string;
  /** Classes of the frame and of what is in it. */
  modal: string;
  className?: string;
  /** Before the button that closes it. */
  buttons?: ReactNode;
  /** Whether that button has the focus first. */
  focusClose?: boolean;
  children: ReactNode;
}

/** A dialog of which the window has one: its title, its content, and a button that closes it. */
export function WindowDialog(props: WindowDialogProps) {
  const { t } = useTranslation();
  const isOpen = useShell((shell) => shell.dialog === props.id);
  const open = useShell((shell) => shell.open);
  return (
    <ModalOverlay
      className="overlay"
      isOpen={isOpen}
      onOpenChange={(next) => next || open(null)}
      isDismissable
    >
      <Modal className={`modal ${props.modal}`}>
        <Dialog className={`dialog ${props.className ?? ''}`.trimEnd()}>
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
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
