import { Button, ListBox, ListBoxItem, Popover, Select, Text } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { SpeakerIcon } from '../../parts/player-icons.tsx';
import { useOutputs } from './output-devices.ts';
import type { Player } from './player.ts';
import { usePlayerState } from './use-player.tsx';

const SYSTEM = 'system';

/** Which loudspeakers the song plays on. Not there where there is nothing to choose from. */
export function OutputChoice({ player }: { player: Player }) {
  const { t } = useTranslation();
  const outputs = useOutputs();
  const chosen = usePlayerState(player, (state) => state.settings.output);
  if (outputs.length === 0) return null;
  const found = outputs.find(({ id, name }) => id === chosen?.id || name === chosen?.name);
  return (
    <Select
      aria-label={t('player.output')}
      value={found?.id ?? SYSTEM}
      onChange={(key) => player.change({ output: outputs.find(({ id }) => id === key) ?? null })}
    >
      <Button className="icon-button large">
        <SpeakerIcon />
      </Button>
      <Popover className="popover" placement="top end">
        <ListBox className="menu">
          {[{ id: SYSTEM, name: t('player.systemOutput') }, ...outputs].map(({ id, name }) => (
            <ListBoxItem key={id} id={id} className="menu-item" textValue={name}>
              <Text slot="label">{name}</Text>
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}
