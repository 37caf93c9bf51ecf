import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { ChevronIcon, PlusIcon } from '../../parts/icons.tsx';
import { useLibrary } from '../../state/use-library.tsx';
import { useExports } from '../export/use-exports.tsx';

/** Adds songs; beside it what else concerns many songs at once. */
export function AddButton() {
  const { t } = useTranslation();
  const adding = useLibrary((library) => library.adding);
  const pickSongs = useLibrary((library) => library.pickSongs);
  const pickFolder = useLibrary((library) => library.pickFolder);
  const addExample = useLibrary((library) => library.addExample);
  const findMoved = useLibrary((library) => library.findMoved);
  const ask = useExports((exports) => exports.ask);
  const actions: Record<string, () => void> = {
    folder: () => void pickFolder(),
    example: () => void addExample(),
    find: () => void findMoved(),
    starred: () => ask({ of: 'starred' }),
  };
  return (
    <div className="split-button">
      <Button className="button primary" isPending={adding} onPress={() => void pickSongs()}>
        <PlusIcon />
        {adding ? t('songs.adding') : t('songs.add')}
      </Button>
      <MenuTrigger>
        <Button className="button primary" aria-label={t('songs.addMore')}>
          <ChevronIcon />
        </Button>
        <Popover className="popover" placement="top end">
          <Menu className="menu" aria-label={t('songs.addMore')} onAction={(key) => actions[String(key)]?.()}>
            <MenuItem id="folder" className="menu-item">
              {t('songs.addFolder')}
            </MenuItem>
            <MenuItem id="example" className="menu-item">
              {t('songs.addExample')}
            </MenuItem>
            <MenuItem id="find" className="menu-item">
              {t('songs.findMovedIn')}
            </MenuItem>
            <MenuItem id="starred" className="menu-item">
              {t('songs.exportStarred')}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
    </div>
  );
}
