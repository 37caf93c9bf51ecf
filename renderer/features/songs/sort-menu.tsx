import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { CheckIcon, SortIcon } from '../../parts/icons.tsx';
import { type SongFilter, type SongOrder, songFilters, songOrders } from './list-order.ts';

/** Chooses the order of the list, and which songs it shows. */
export function SortMenu(props: {
  order: SongOrder;
  filter: SongFilter;
  onOrder: (order: SongOrder) => void;
  onFilter: (filter: SongFilter) => void;
}) {
  const { t } = useTranslation();
  return (
    <MenuTrigger>
      <Button className="icon-button large" aria-label={t('songs.sort')}>
        <SortIcon />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu className="menu" aria-label={t('songs.sort')}>
          <MenuSection
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[props.order]}
            onSelectionChange={(keys) => props.onOrder([...keys][0] as SongOrder)}
          >
            <Header className="menu-header">{t('songs.sortBy')}</Header>
            {songOrders.map((order) => (
              <Choice key={order} id={order} name={t(`songs.orders.${order}`)} />
            ))}
          </MenuSection>
          <MenuSection
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[props.filter]}
            onSelectionChange={(keys) => props.onFilter([...keys][0] as SongFilter)}
          >
            <Header className="menu-header">{t('songs.show')}</Header>
            {songFilters.map((filter) => (
              <Choice key={filter} id={filter} name={t(`songs.filters.${filter}`)} />
            ))}
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function Choice({ id, name }: { id: string; name: string }) {
  return (
    <MenuItem id={id} className="menu-item checked-item" textValue={name}>
      {({ isSelected }) => (
        <>
          <span className="check-place">{isSelected ? <CheckIcon /> : null}</span>
          {name}
        </>
      )}
    </MenuItem>
  );
}
