import { Button, ListBox, ListBoxItem, Popover, Select, SelectValue, Text } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { songSoundSchema, songSounds } from '../../../main/contract/media.ts';
import { ChevronIcon } from '../../parts/icons.tsx';
import type { Player } from './player.ts';
import { usePlayerState } from './use-player.tsx';

/** What plays beside the piano: the recording, its voice, or the band without it. */
export function SoundChoice({ player }: { player: Player }) {
  const { t } = useTranslation();
  const sound = usePlayerState(player, (state) => state.settings.sound);
  const opening = usePlayerState(player, (state) => state.status === 'opening');
  return (
    <Select
      className="sound-choice"
      aria-label={t('player.sound')}
      value={sound}
      onChange={(key) => player.change({ sound: songSoundSchema.parse(key) })}
    >
      <Button className="button">
        <SelectValue>
          {opening && sound !== 'record' ? t('player.separating') : t(`player.sounds.${sound}`)}
        </SelectValue>
        <ChevronIcon />
      </Button>
      <Popover className="popover" placement="top start">
        <ListBox className="menu">
          {songSounds.map((each) => (
            <ListBoxItem key={each} id={each} className="menu-item" textValue={t(`player.sounds.${each}`)}>
              <Text slot="label">{t(`player.sounds.${each}`)}</Text>
              <Text slot="description" className="menu-hint">
                {t(`player.soundHints.${each}`)}
              </Text>
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}
