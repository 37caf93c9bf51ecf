import {
  Button,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
  Text,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { type AudioFormat, type AudioMix, audioFormats, audioMixes } from '../../../main/contract/audio.ts';
import { exportFormats, pageFormats, takeFormatSchema } from '../../../main/contract/export.ts';
import { ChevronIcon } from '../../parts/icons.tsx';
import { useLibrary } from '../../state/use-library.tsx';
import { printScore } from './print-score.ts';
import { useExports } from './use-exports.tsx';

/** Of the menu's items that are no format. */
const PRINT = 'print';
const OPEN = 'open';
const SEVERAL = 'several';

/** Every sound file that a take can become. */
const sounds = audioMixes.flatMap((mix) => audioFormats.map((format) => ({ mix, format })));
const scores = ['musicxml', 'mxl', ...pageFormats, ...exportFormats.slice(2)] as const;

export function ExportMenu({ takeId, songId }: { takeId: string; songId: string }) {
  const { t } = useTranslation();
  const printTake = useLibrary((library) => library.printTake);
  const options = useLibrary((library) => library.scoreOptions);
  const writeOne = useExports((exports) => exports.writeOne);
  const open = useExports((exports) => exports.open);
  const ask = useExports((exports) => exports.ask);
  const reachesSystem = useExports((exports) => exports.reachesSystem);
  const act = (key: string) => {
    const sound = sounds.find((each) => keyOf(each) === key);
    if (key === PRINT) void printTake(takeId, printScore);
    else if (key === OPEN) void open(takeId, options);
    else if (key === SEVERAL) ask({ of: 'songs', songIds: [songId] });
    else if (sound) void writeOne(takeId, sound.format, sound.mix, options);
    else void writeOne(takeId, takeFormatSchema.parse(key), 'piano', options);
  };
  return (
    <MenuTrigger>
      <Button className="button">
        {t('export.button')}
        <ChevronIcon />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu className="menu" aria-label={t('export.menu')} onAction={(key) => act(String(key))}>
          {reachesSystem ? <Item id={OPEN} name={t('export.open')} hint={t('export.openHint')} /> : null}
          <Item id={PRINT} name={t('export.print')} hint={t('export.printHint')} />
          <Item id={SEVERAL} name={t('export.several')} hint={t('export.severalHint')} />
          <Separator className="menu-separator" />
          {scores.map((format) => (
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
