import { useRef, useState } from 'react';
import { Button, GridListItem, ToggleButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Take } from '../../../main/contract/library.ts';
import { PauseIcon, PlayIcon } from '../../parts/player-icons.tsx';
import { StarIcon } from '../../parts/take-icons.tsx';
import { useLibrary } from '../../state/use-library.tsx';
import { useTakeDrag } from '../export/use-take-drag.ts';
import type { Player } from '../player/player.ts';
import { usePlayer, usePlayerState } from '../player/use-player.tsx';
import { RenameTake } from './rename-take.tsx';
import { TakeFigures } from './take-figures.tsx';
import { TakeMenu } from './take-menu.tsx';
import { nameTake } from './take-name.ts';
import { TakePicture } from './take-picture.tsx';

interface TakeCardProps {
  take: Take;
  /** Whether it is the take that sounds. */
  isCurrent: boolean;
  renaming: boolean;
  onRename: (renaming: boolean) => void;
  onCompare: () => void;
}

/** A take as a card: its music at a glance, how it was made, how it plays. */
export function TakeCard({ take, isCurrent, renaming, onRename, onCompare }: TakeCardProps) {
  const { t } = useTranslation();
  const star = useLibrary((library) => library.takeDesk.star);
  const player = usePlayer();
  const head = useRef<HTMLDivElement>(null);
  const drag = useTakeDrag(take.id);
  const name = nameTake(t, take);
  const title = t('takes.numbered', { number: take.number, name });
  return (
    <GridListItem className="take-card" id={take.id} textValue={title} data-current={isCurrent}>
      <div className="take-paper" {...drag}>
        <TakePicture take={take} />
        {player === null ? null : (
          <HearButton player={player} take={take} isCurrent={isCurrent} title={title} />
        )}
      </div>
      <div className="take-head" ref={head}>
        <span className="take-number">{take.number}</span>
        <span className="take-name">{name}</span>
        <ToggleButton
          className="icon-button star"
          aria-label={t('takes.star', { title })}
          isSelected={take.starred}
          onChange={(starred) => void star(take, starred)}
        >
          <StarIcon />
        </ToggleButton>
        <TakeMenu take={take} title={title} onRename={() => onRename(true)} onCompare={onCompare} />
      </div>
      <RenameTake take={take} anchor={head} isOpen={renaming} onOpenChange={onRename} />
      <p className="take-made">
        <TakeMade take={take} />
      </p>
      <TakeFigures take={take} />
    </GridListItem>
  );
}

/** How it was made. */
function TakeMade({ take }: { take: Take }) {
  const { t } = useTranslation();
  const { model, level, melody, seed, style } = take.settings;
  const parts = [
    t(`takes.made.${model}`),
    t(`takes.level.${level}`),
    t(`takes.melodyShort.${melody}`),
    t('takes.seed', { seed }),
  ];
  if (style?.kind === 'score') parts.push(t('takes.textureOf', { title: style.score.title }));
  if (style?.kind === 'morph') parts.push(t('takes.between', { percent: Math.round(100 * style.share) }));
  if (take.edits > 0) parts.push(t('takes.mended', { count: take.edits }));
  return parts.join(' · ');
}

function HearButton(props: { player: Player; take: Take; isCurrent: boolean; title: string }) {
  const { player, take, isCurrent, title } = props;
  const { t } = useTranslation();
  const selectTake = useLibrary((library) => library.selectTake);
  const playing = usePlayerState(player, (state) => state.playing);
  const [starting, setStarting] = useState(false);
  const sounds = isCurrent && playing;
  return (
    <Button
      className="hear-button"
      aria-label={sounds ? t('takes.pause', { title }) : t('takes.hear', { title })}
      isPending={starting}
      onPress={() => {
        if (sounds) {
          player.pause();
          return;
        }
        selectTake(take.songId, take.id);
        if (playing) return;
        // The take is set first, so that no other sounds for a moment.
        setStarting(true);
        void player
          .setTake(take.id)
          .then(() => player.play())
          .finally(() => setStarting(false));
      }}
    >
      {sounds ? <PauseIcon /> : <PlayIcon />}
    </Button>
  );
}
