import { useState } from 'react';
import {
  Button,
  Dialog,
  Heading,
  Menu,
  MenuItem,
  MenuTrigger,
  Modal,
  ModalOverlay,
  Popover,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Song } from '../../../main/contract/library.ts';
import { MoreIcon } from '../../parts/icons.tsx';
import { useLibrary } from '../../state/use-library.tsx';

/** What is rarely done with a song. */
export function SongMenu({ song }: { song: Song }) {
  const { t } = useTranslation();
  const removeSong = useLibrary((library) => library.removeSong);
  const [asking, setAsking] = useState(false);
  const title = song.title || t('songs.untitled');
  return (
    <>
      <MenuTrigger>
        <Button className="icon-button large" aria-label={t('songs.more', { title })}>
          <MoreIcon />
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu className="menu" onAction={() => setAsking(true)}>
            <MenuItem id="remove" className="menu-item">
              {t('songs.remove')}…
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      <ModalOverlay className="overlay" isOpen={asking} onOpenChange={setAsking} isDismissable>
        <Modal className="modal">
          <Dialog className="dialog" role="alertdialog">
            {({ close }) => (
              <>
                <Heading slot="title" className="dialog-title">
                  {t('songs.removeTitle', { title })}
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
                      void removeSong(song.id);
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
    </>
  );
}
