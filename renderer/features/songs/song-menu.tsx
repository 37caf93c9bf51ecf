import { useState } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Song } from '../../../main/contract/library.ts';
import { MoreIcon } from '../../parts/icons.tsx';
import { useLibrary } from '../../state/use-library.tsx';
import { RemoveDialog } from './remove-dialog.tsx';

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
      <RemoveDialog
        isOpen={asking}
        title={t('songs.removeTitle', { title })}
        onOpenChange={setAsking}
        onRemove={() => void removeSong(song.id)}
      />
    </>
  );
}
