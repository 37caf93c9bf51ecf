import { useRef, useState } from 'react';
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { formatDuration } from '../songs/duration.ts';
import { barAt, barStart } from './bar-times.ts';
import type { Player } from './player.ts';
import { useEachFrame } from './use-each-frame.ts';
import { usePlayerState } from './use-player.tsx';

/** Where the music is, in bars and on the clock, and where in the whole song; drags it elsewhere. */
export function SeekSlider({ player }: { player: Player }) {
  const { t } = useTranslation();
  const playing = usePlayerState(player, (state) => state.playing);
  const performance = usePlayerState(player, (state) => state.performance);
  const loop = usePlayerState(player, (state) => state.settings.loop);
  const position = usePlayerState(player, (state) => state.settings.position);
  const [dragged, setDragged] = useState<number | null>(null);
  const [shown, setShown] = useState(position);
  const last = useRef(0);
  useEachFrame(playing, () => {
    // Words and slider follow ten times a second; only the score's cursor follows every picture.
    const now = window.performance.now();
    if (now - last.current < 100 && playing) return;
    last.current = now;
    setShown(player.heard());
  });
  const end = Math.max(performance?.seconds ?? 0, 1);
  const seconds = Math.min(end, dragged ?? (playing ? shown : position));
  const bars = performance?.bars ?? [];
  const bar = bars.length === 0 ? 0 : barAt(bars, seconds) + 1;
  const share = (at: number) => `${(100 * at) / end}%`;
  return (
    <Slider
      className="seek"
      aria-label={t('player.position')}
      minValue={0}
      maxValue={end}
      step={0.01}
      value={seconds}
      isDisabled={performance === null}
      onChange={setDragged}
      onChangeEnd={(value) => {
        setDragged(null);
        player.seek(value);
      }}
    >
      <span className="seek-words">
        <span className="seek-bar">{t('player.bar', { bar, bars: bars.length })}</span>
        <span>
          {t('player.clock', {
            now: formatDuration(Math.floor(seconds)),
            end: formatDuration(Math.floor(end)),
          })}
        </span>
      </span>
      <SliderTrack className="seek-track">
        <span className="seek-past" style={{ inlineSize: share(seconds) }} />
        {loop === null || bars.length === 0 ? null : (
          <span
            className="seek-loop"
            style={{
              insetInlineStart: share(barStart(bars, loop.first)),
              inlineSize: share(barStart(bars, loop.last + 1) - barStart(bars, loop.first)),
            }}
          />
        )}
        <SliderThumb
          className="slider-thumb"
          aria-valuetext={t('player.place', { bar, now: formatDuration(Math.floor(seconds)) })}
        />
      </SliderTrack>
    </Slider>
  );
}
