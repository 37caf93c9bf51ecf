import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Take } from '../../../main/contract/library.ts';
import { MOST_COMPARED } from '../../../main/contract/takes.ts';
import { CheckIcon, ChevronIcon } from '../../parts/icons.tsx';
import { nameTake } from '../takes/take-name.ts';

interface TakeChoiceProps {
  takes: readonly Take[];
  compared: readonly string[];
  onChange: (takeIds: readonly string[]) => void;
}

/** Which takes are compared: two to four. */
export function TakeChoice({ takes, compared, onChange }: TakeChoiceProps) {
  const { t } = useTranslation();
  return (
    <MenuTrigger>
      <Button className="button">
        {t('compare.takes')}
        <ChevronIcon />
      </Button>
      <Popover className="popover" placement="bottom start">
        <Menu
          className="menu take-choice"
          aria-label={t('compare.takes')}
          selectionMode="multiple"
          selectedKeys={compared}
          disabledKeys={
            compared.length >= MOST_COMPARED
              ? takes.flatMap(({ id }) => (compared.includes(id) ? [] : [id]))
              : compared.length <= 2
                ? compared
                : []
          }
          onSelectionChange={(keys) => {
            const wanted = takes.filter(({ id }) => keys === 'all' || keys.has(id)).map(({ id }) => id);
            // Those that were there keep their places.
            const kept = compared.filter((id) => wanted.includes(id));
            onChange([...kept, ...wanted.filter((id) => !kept.includes(id))]);
          }}
        >
          {takes.map((take) => (
            <MenuItem
              key={take.id}
              id={take.id}
              className="menu-item checked-item"
              textValue={t('takes.numbered', { number: take.number, name: nameTake(t, take) })}
            >
              {({ isSelected }) => (
                <>
                  <span className="check-place">{isSelected ? <CheckIcon /> : null}</span>
                  <span className="take-number">{take.number}</span>
                  {nameTake(t, take)}
                </>
              )}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
