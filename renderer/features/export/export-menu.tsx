import { Button, Menu, MenuItem, MenuTrigger, Popover, Text } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { exportFormatSchema, exportFormats } from '../../../main/contract/calls.ts';
import { ChevronIcon } from '../../parts/icons.tsx';
import { useLibrary } from '../../state/use-library.tsx';
import { printScore } from './print-score.ts';

/** Of the menu's item that is no format. */
const PRINT = 'print';

export function ExportMenu({ takeId }: { takeId: string }) {
  const { t } = useTranslation();
  const exportTake = useLibrary((library) => library.exportTake);
  const printTake = useLibrary((library) => library.printTake);
  return (
    <MenuTrigger>
      <Button className="button">
        {t('export.button')}
        <ChevronIcon />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu
          className="menu"
          aria-label={t('export.menu')}
          onAction={(key) =>
            void (key === PRINT
              ? printTake(takeId, printScore)
              : exportTake(takeId, exportFormatSchema.parse(key)))
          }
        >
          <MenuItem id={PRINT} className="menu-item" textValue={t('export.print')}>
            <Text slot="label">{t('export.print')}</Text>
            <Text slot="description" className="menu-hint">
              {t('export.printHint')}
            </Text>
          </MenuItem>
          {exportFormats.map((format) => (
            <MenuItem
              key={format}
              id={format}
              className="menu-item"
              textValue={t(`export.formats.${format}`)}
            >
              <Text slot="label">{t(`export.formats.${format}`)}</Text>
              <Text slot="description" className="menu-hint">
                {t(`export.hints.${format}`)}
              </Text>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
