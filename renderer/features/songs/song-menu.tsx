import { useState } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Song } from '../../../main/contract/library.ts';
import { MoreIcon } from '../../parts/icons.tsx';
import { useLibrary } from '../../state/use-library.tsx';
import { useFirstTake } from '../../state/use-shell.tsx';
import { useExports } from '../export/use-exports.tsx';
import { RemoveDialog } from './remove-dialog.tsx';

/** What can be done with a song. @param props.isOpen where something else opens it as well */
export function SongMenu({
  song,
  ...menu
}: {
  song: Song;
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
}) {
  const { t } = useTranslation();
  const removeSong = useLibrary((library) => library.removeSong);
  const locateSong = useLibrary((library) => library.locateSong);
  const arrange = useLibrary((library) => library.arrange);
  const first = useFirstTake();
  const ask = useExports((exports) => exports.ask);
  const [asking, setAsking] = useState(false);
  const title = song.title || t('songs.untitled');
  const actions: Record<string, () => void> = {
    arrange: () => void arrange(song.id, first),
    export: () => ask({ of: 'songs', songIds: [song.id] }),
    locate: () => void locateSong(song.id),
    remove: () => setAsking(true),
  };
  return (
    <>
      <MenuTrigger {...menu}>
        <Button className="icon-button large" aria-label={t('songs.more', { title })}>
          <MoreIcon />
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu
            className="menu"
            aria-label={t('songs.more', { title })}
            onAction={(key) => actions[String(key)]?.()}
          >
            {song.missing ? (
              <MenuItem id="locate" className="menu-item">
                {t('songs.locate')}
              </MenuItem>
            ) : null}
            {song.takes === 0 && !song.missing ? (
              <MenuItem id="arrange" className="menu-item">
                {t('songs.arrangePicked')}
              </MenuItem>
            ) : null}
            {song.takes > 0 ? (
              <MenuItem id="export" className="menu-item">
                {t('songs.export')}
              </MenuItem>
            ) : null}
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
