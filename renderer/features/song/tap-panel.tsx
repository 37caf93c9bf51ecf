import { useCallback, useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { type PlayerPlayhead, useMoving } from './player-playhead.ts';
import { useDesk } from './use-desk.tsx';

/** Fewer taps than this tell no tempo. */
const LEAST_TAPS = 4;
/** Seconds between two beats. */
const LEAST_GAP = 0.12;

/** Lets a person tap the beats while the recording plays. */
export function TapPanel({ playhead, onEnd }: { playhead: PlayerPlayhead; onEnd: () => void }) {
  const { t } = useTranslation();
  const correct = useDesk((desk) => desk.correct);
  const [times, setTimes] = useState<readonly number[]>([]);
  const pad = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    pad.current?.focus();
    const { player } = playhead;
    // Notes and clicks of the beats as they were heard would lead the finger.
    player.setAlone(true);
    void player.play();
    return () => {
      player.pause();
      player.setAlone(false);
    };
  }, [playhead]);

  const moving = useMoving(playhead);
  const tap = useCallback(() => {
    const { seconds } = playhead;
    if (!playhead.moving) return;
    // A finger that trembles taps once.
    setTimes((before) => (seconds - (before.at(-1) ?? -1) < LEAST_GAP ? before : [...before, seconds]));
  }, [playhead]);

  useEffect(() => {
    function press(event: KeyboardEvent): void {
      if (event.key === 'Escape') onEnd();
      if (event.repeat || !['t', ' '].includes(event.key.toLowerCase())) return;
      // Space must tap wherever the focus is, and not press the button that has it.
      event.preventDefault();
      event.stopPropagation();
      tap();
    }
    window.addEventListener('keydown', press, { capture: true });
    return () => window.removeEventListener('keydown', press, { capture: true });
  }, [tap, onEnd]);

  const gap = times.length > 1 ? (times[times.length - 1] - times[0]) / (times.length - 1) : null;
  return (
    <div className="tap-panel">
      <button ref={pad} type="button" className="tap-pad" onPointerDown={tap}>
        {t('song.tapHere')}
      </button>
      <div className="tap-text">
        <p>{t('song.tapHow')}</p>
        <p className="tap-count" role="status">
          {moving || times.length > 0 ? t('song.tapCount', { count: times.length }) : t('song.tapWait')}
          {gap === null ? '' : ` · ${t('song.tempo', { bpm: Math.round(60 / gap) })}`}
        </p>
      </div>
      <Button
        className="button primary"
        isDisabled={times.length < LEAST_TAPS}
        onPress={() => {
          onEnd();
          void correct({ kind: 'tap', times: [...times] });
        }}
      >
        {t('song.tapUse')}
      </Button>
      <Button className="button" onPress={onEnd}>
        {t('common.cancel')}
      </Button>
    </div>
  );
}
