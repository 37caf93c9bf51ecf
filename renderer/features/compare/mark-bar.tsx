import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Take } from '../../../main/contract/library.ts';
import { CheckIcon, CrossIcon } from '../../parts/icons.tsx';
import { LoopIcon } from '../../parts/player-icons.tsx';
import { DieIcon } from '../../parts/take-icons.tsx';
import type { Player } from '../player/player.ts';
import { markedBars, useCompare } from './compare-state.ts';
import { useComparing } from './use-comparing.ts';

interface MarkBarProps {
  songId: string;
  takes: readonly Take[];
  player: Player | null;
  rolling: boolean;
  onRoll: (take: Take, bars: readonly number[]) => void;
}

/** What can be done with the marked bars. */
export function MarkBar({ songId, takes, player, rolling, onRoll }: MarkBarProps) {
  const { t } = useTranslation();
  const { marked } = useComparing(songId);
  const mark = useCompare((state) => state.mark);
  const choose = useCompare((state) => state.choose);
  const take = marked && takes.find(({ id }) => id === marked.takeId);
  if (!marked || !take) return <p className="mark-bar hint">{t('compare.hint')}</p>;
  const { first, last } = markedBars(marked);
  const bars = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return (
    <section className="mark-bar" aria-label={t('compare.marked')}>
      <span className="mark-words">
        {t('compare.markedBars', {
          count: bars.length,
          first: first + 1,
          last: last + 1,
          number: take.number,
        })}
      </span>
      <Button className="button small" onPress={() => choose(songId, take.id, first, last)}>
        <CheckIcon />
        {t('compare.choose')}
      </Button>
      <Button
        className="button small"
        isDisabled={player === null}
        onPress={() => {
          player?.change({ loop: { first, last } });
          void player?.play();
        }}
      >
        <LoopIcon />
        {t('compare.loop')}
      </Button>
      <Button className="button small" isPending={rolling} onPress={() => onRoll(take, bars)}>
        <DieIcon />
        {rolling ? t('compare.rolling') : t('compare.roll')}
      </Button>
      <Button className="icon-button" aria-label={t('compare.unmark')} onPress={() => mark(songId, null)}>
        <CrossIcon />
      </Button>
    </section>
  );
}
