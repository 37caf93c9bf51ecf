import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { SortIcon } from '../../parts/icons.tsx';
import { ArrowIcon } from '../../parts/list-icons.tsx';
import { type SongOrder, songOrders } from './list-order.ts';

/** Chooses the order of the list; the same one again turns it round. */
export function SortMenu(props: {
  order: SongOrder;
  descending: boolean;
  onOrder: (order: SongOrder) => void;
}) {
  const { t } = useTranslation();
  return (
    <MenuTrigger>
      <Button className="icon-button large" aria-label={t('songs.sort')}>
        <SortIcon />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu
          className="menu"
          aria-label={t('songs.sortBy')}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[props.order]}
          onAction={(order) => props.onOrder(order as SongOrder)}
        >
          {songOrders.map((order) => {
            const name = t(`songs.orders.${order}`);
            return (
              <MenuItem key={order} id={order} className="menu-item checked-item" textValue={name}>
                <span className="check-place">
                  {order === props.order ? <ArrowIcon down={!props.descending} /> : null}
                </span>
                {name}
              </MenuItem>
            );
          })}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
