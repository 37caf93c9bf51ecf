import { useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { Song, Take } from '../../../main/contract/library.ts';
import { PauseIcon, PlayIcon } from '../../parts/player-icons.tsx';
import type { Player } from '../player/player.ts';
import { usePlayer, usePlayerState } from '../player/use-player.tsx';
import { PagedScore } from './paged-score.tsx';
import { SheetHeader } from './sheet-header.tsx';
import { TakeSheet } from './take-sheet.tsx';
import { PaperChoice, ZoomStepper } from './view-button.tsx';
import { useScoreView } from './view-settings.ts';

/** Milliseconds without a move after which the buttons leave the page alone. */
const REST = 2500;

/** The score alone on the whole screen, to be played from. */
export function MusicStand({ song, take, onClose }: { song: Song; take: Take; onClose: () => void }) {
  const { t } = useTranslation();
  const { standZoom, darkPaper, change } = useScoreView();
  const player = usePlayer();
  const stand = useRef<HTMLDivElement>(null);
  const awake = useAwake();
  useFullScreen(onClose);
  useEffect(() => {
    // What lies under the stand cannot be reached.
    const window_ = document.getElementById('root');
    if (window_) window_.inert = true;
    stand.current?.focus();
    const pressed = (event: KeyboardEvent) => {
      if (document.querySelector('[role=dialog], [role=alertdialog], [role=menu]') !== null) return;
      if (event.key === 'Escape') onClose();
      else if (event.key !== ' ' || pressesItself(event.target)) return;
      else if (!event.repeat) player?.toggle();
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('keydown', pressed, { capture: true });
    return () => {
      window.removeEventListener('keydown', pressed, { capture: true });
      if (window_) window_.inert = false;
    };
  }, [player, onClose]);
  return createPortal(
    <section
      ref={stand}
      className="stand"
      aria-label={t('score.view.standOf', { title: song.title || t('songs.untitled') })}
      data-paper={darkPaper ? 'dark' : 'light'}
      data-awake={awake}
      tabIndex={-1}
    >
      <PagedScore stand header={<SheetHeader song={song} />}>
        {(onEngraved) => <TakeSheet song={song} take={take} zoom={standZoom} onEngraved={onEngraved} />}
      </PagedScore>
      <div className="stand-tools">
        {player === null ? null : <PlayButton player={player} />}
        <ZoomStepper zoom={standZoom} onZoom={(zoom) => change({ standZoom: zoom })} />
        <PaperChoice isDark={darkPaper} onChange={(dark) => change({ darkPaper: dark })} />
        <Button className="button" onPress={onClose}>
          {t('score.view.leaveStand')}
        </Button>
      </div>
    </section>,
    document.body,
  );
}

/** Whether Space is for what has the focus. */
function pressesItself(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('button, input, a[href], summary');
}

function PlayButton({ player }: { player: Player }) {
  const { t } = useTranslation();
  const playing = usePlayerState(player, (state) => state.playing);
  const ready = usePlayerState(player, (state) => state.performance !== null);
  return (
    <Button
      className="icon-button large"
      isDisabled={!ready}
      aria-label={playing ? t('player.pause') : t('player.play')}
      onPress={() => player.toggle()}
    >
      {playing ? <PauseIcon /> : <PlayIcon />}
    </Button>
  );
}

/** Fills the screen while it is there; where that is not allowed the stand fills the window. */
function useFullScreen(onEnd: () => void): void {
  useEffect(() => {
    let filled = false;
    const changed = () => {
      if (document.fullscreenElement !== null) filled = true;
      else if (filled) onEnd();
    };
    document.addEventListener('fullscreenchange', changed);
    document.documentElement.requestFullscreen?.().catch(() => undefined);
    return () => {
      document.removeEventListener('fullscreenchange', changed);
      if (document.fullscreenElement !== null) void document.exitFullscreen().catch(() => undefined);
    };
  }, [onEnd]);
}

/** True while the pointer moves or the keyboard goes from button to button, and a while after. */
function useAwake(): boolean {
  const [awake, setAwake] = useState(true);
  useEffect(() => {
    let timer = setTimeout(() => setAwake(false), REST);
    const moved = () => {
      setAwake(true);
      clearTimeout(timer);
      timer = setTimeout(() => setAwake(false), REST);
    };
    const pressed = ({ key }: KeyboardEvent) => {
      if (key === 'Tab') moved();
    };
    window.addEventListener('pointermove', moved);
    window.addEventListener('keydown', pressed);
    return () => {
      window.removeEventListener('pointermove', moved);
      window.removeEventListener('keydown', pressed);
      clearTimeout(timer);
    };
  }, []);
  return awake;
}
