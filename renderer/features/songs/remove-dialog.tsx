import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

/** Asks before songs are removed from the library. */
export function RemoveDialog(props: {
  isOpen: boolean;
  title: string;
  onOpenChange: (open: boolean) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation();
  return (
    <ModalOverlay className="overlay" isOpen={props.isOpen} onOpenChange={props.onOpenChange} isDismissable>
      <Modal className="modal">
        <Dialog className="dialog" role="alertdialog">
          {({ close }) => (
            <>
              <Heading slot="title" className="dialog-title">
                {props.title}
              </Heading>
              <p>{t('songs.removeText')}</p>
              <div className="dialog-buttons">
                <Button className="button" onPress={close} autoFocus>
                  {t('common.cancel')}
                </Button>
                <Button
                  className="button danger"
                  onPress={() => {
                    close();
                    props.onRemove();
                  }}
                >
                  {t('common.remove')}
                </Button>
              </div>
            </>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
