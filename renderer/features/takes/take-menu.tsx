import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Take } from '../../../main/contract/library.ts';
import { MoreIcon } from '../../parts/icons.tsx';
import { useLibrary } from '../../state/use-library.tsx';
import { useSongView } from '../song/view-state.ts';

interface TakeMenuProps {
  take: Take;
  title: string;
  onRename: () => void;
  onCompare: () => void;
}

/** What else can be done with a take. */
export function TakeMenu({ take, title, onRename, onCompare }: TakeMenuProps) {
  const { t } = useTranslation();
  const selectTake = useLibrary((library) => library.selectTake);
  const remove = useLibrary((library) => library.takeDesk.remove);
  const { show } = useSongView();
  const items = {
    open: () => {
      selectTake(take.songId, take.id);
      show('score');
    },
    compare: onCompare,
    rename: onRename,
    remove: () => void remove(take),
  };
  return (
    <MenuTrigger>
      <Button className="icon-button" aria-label={t('takes.more', { title })}>
        <MoreIcon />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu className="menu" onAction={(key) => items[key as keyof typeof items]()}>
          <MenuItem id="open" className="menu-item">
            {t('takes.open')}
          </MenuItem>
          <MenuItem id="compare" className="menu-item">
            {t('takes.compareWith')}
          </MenuItem>
          <MenuItem id="rename" className="menu-item">
            {t('takes.rename')}…
          </MenuItem>
          <MenuItem id="remove" className="menu-item">
            {t('takes.remove')}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
