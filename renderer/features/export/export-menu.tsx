import {
  Button,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Text,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { type AudioFormat, type AudioMix, audioFormats, audioMixes } from '../../../main/contract/audio.ts';
import { exportFormatSchema, exportFormats } from '../../../main/contract/calls.ts';
import { ChevronIcon } from '../../parts/icons.tsx';
import { useLibrary } from '../../state/use-library.tsx';
import { printScore } from './print-score.ts';

/** Of the menu's item that is no format. */
const PRINT = 'print';

/** Every sound file that a take can become. */
const sounds = audioMixes.flatMap((mix) => audioFormats.map((format) => ({ mix, format })));

export function ExportMenu({ takeId }: { takeId: string }) {
  const { t } = useTranslation();
  const exportTake = useLibrary((library) => library.exportTake);
  const printTake = useLibrary((library) => library.printTake);
  const exportAudio = useLibrary((library) => library.exportAudio);
  const busy = useLibrary((library) => library.playingToFile > 0);
  const act = (key: string) => {
    const sound = sounds.find((each) => keyOf(each) === key);
    if (key === PRINT) void printTake(takeId, printScore);
    else if (sound) void exportAudio(takeId, sound.format, sound.mix);
    else void exportTake(takeId, exportFormatSchema.parse(key));
  };
  return (
    <MenuTrigger>
      <Button className="button">
        {busy ? t('export.making') : t('export.button')}
        <ChevronIcon />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu className="menu" aria-label={t('export.menu')} onAction={(key) => act(String(key))}>
          <Item id={PRINT} name={t('export.print')} hint={t('export.printHint')} />
          {exportFormats.map((format) => (
            <Item
              key={format}
              id={format}
              name={t(`export.formats.${format}`)}
              hint={t(`export.hints.${format}`)}
            />
          ))}
          <MenuSection>
            <Header className="menu-header">{t('export.audio')}</Header>
            {sounds.map(({ mix, format }) => (
              <Item
                key={keyOf({ mix, format })}
                id={keyOf({ mix, format })}
                name={t(`export.formats.${mix}`, { format: format.toUpperCase() })}
                hint={t(`export.hints.${mix}`)}
              />
            ))}
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function keyOf({ mix, format }: { mix: AudioMix; format: AudioFormat }): string {
  return `${mix}.${format}`;
}

function Item({ id, name, hint }: { id: string; name: string; hint: string }) {
  return (
    <MenuItem id={id} className="menu-item" textValue={name}>
      <Text slot="label">{name}</Text>
      <Text slot="description" className="menu-hint">
        {hint}
      </Text>
    </MenuItem>
  );
}
