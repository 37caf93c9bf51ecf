import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { ErrorText } from '../../parts/error-text.tsx';
import { CountInIcon, MetronomeIcon, PauseIcon, PlayIcon } from '../../parts/player-icons.tsx';
import { LoopControl } from './loop-control.tsx';
import { OutputChoice } from './output-choice.tsx';
import type { Player } from './player.ts';
import { usePlayerKeys } from './player-keys.ts';
import { MixSlider, SpeedSlider } from './player-sliders.tsx';
import { SeekSlider } from './seek-slider.tsx';
import { SoundChoice } from './sound-choice.tsx';
import { Toggle } from './toggle.tsx';
import { usePlayer, usePlayerState } from './use-player.tsx';

/** Below the score: plays the recording and the take together. */
export function PlayerBar() {
  const player = usePlayer();
  return player === null ? null : <Bar player={player} />;
}

function Bar({ player }: { player: Player }) {
  const { t } = useTranslation();
  usePlayerKeys(player);
  const failure = usePlayerState(player, (state) => state.failure);
  const settings = usePlayerState(player, (state) => state.settings);
  const hasNotes = usePlayerState(player, (state) => (state.performance?.notes.length ?? 0) > 0);
  return (
    <section className="player" aria-label={t('player.region')}>
      {failure === null ? null : <ErrorText error={failure} />}
      <div className="player-line">
        <PlayButton player={player} />
        <SeekSlider player={player} />
      </div>
      <div className="player-line">
        <SoundChoice player={player} />
        {hasNotes ? <MixSlider player={player} /> : null}
        <SpeedSlider player={player} />
        <span className="toolbar-space" />
        <LoopControl player={player} />
        <Toggle
          name={t('player.metronome')}
          shortcut="M"
          isSelected={settings.metronome}
          onChange={(metronome) => player.change({ metronome })}
        >
          <MetronomeIcon />
        </Toggle>
        <Toggle
          name={t('player.countIn')}
          isSelected={settings.countIn}
          onChange={(countIn) => player.change({ countIn })}
        >
          <CountInIcon />
        </Toggle>
        <OutputChoice player={player} />
      </div>
    </section>
  );
}

function PlayButton({ player }: { player: Player }) {
  const { t } = useTranslation();
  const playing = usePlayerState(player, (state) => state.playing);
  const ready = usePlayerState(player, (state) => state.performance !== null);
  const busy = usePlayerState(player, (state) => state.status === 'opening' || state.waiting);
  return (
    <Button
      className="play-button"
      isDisabled={!ready}
      aria-label={playing ? t('player.pause') : t('player.play')}
      data-busy={busy}
      onPress={() => player.toggle()}
    >
      {playing ? <PauseIcon /> : <PlayIcon />}
    </Button>
  );
}
