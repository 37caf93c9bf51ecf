import { Group, Input, NumberField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { LoopIcon } from '../../parts/player-icons.tsx';
import type { Player } from './player.ts';
import { Toggle } from './toggle.tsx';
import { usePlayerState } from './use-player.tsx';

/** Plays some bars round and round. */
export function LoopControl({ player }: { player: Player }) {
  const { t } = useTranslation();
  const loop = usePlayerState(player, (state) => state.settings.loop);
  const bars = usePlayerState(player, (state) => state.performance?.bars.length ?? 0);
  return (
    <Group className="loop" aria-label={t('player.loop')}>
      <Toggle
        name={t('player.loop')}
        shortcut="L"
        isSelected={loop !== null}
        isDisabled={bars === 0}
        onChange={() => player.toggleLoop()}
      >
        <LoopIcon />
      </Toggle>
      {loop === null ? null : (
        <>
          <BarField
            label={t('player.loopFirst')}
            value={loop.first + 1}
            bars={bars}
            onChange={(bar) =>
              player.change({ loop: { first: bar - 1, last: Math.max(loop.last, bar - 1) } })
            }
          />
          <span aria-hidden="true">–</span>
          <BarField
            label={t('player.loopLast')}
            value={loop.last + 1}
            bars={bars}
            onChange={(bar) =>
              player.change({ loop: { first: Math.min(loop.first, bar - 1), last: bar - 1 } })
            }
          />
        </>
      )}
    </Group>
  );
}

function BarField(props: { label: string; value: number; bars: number; onChange: (bar: number) => void }) {
  return (
    <NumberField
      className="bar-field"
      aria-label={props.label}
      value={props.value}
      minValue={1}
      maxValue={Math.max(1, props.bars)}
      onChange={(bar) => Number.isFinite(bar) && props.onChange(bar)}
    >
      <Input className="bar-input" />
    </NumberField>
  );
}
