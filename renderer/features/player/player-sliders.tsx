import { Button, Label, Slider, SliderThumb, SliderTrack } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Player } from './player.ts';
import { usePlayerState } from './use-player.tsx';

/** One slider between the recording and the piano. */
export function MixSlider({ player }: { player: Player }) {
  const { t } = useTranslation();
  const mix = usePlayerState(player, (state) => state.settings.mix);
  const sound = usePlayerState(player, (state) => state.settings.sound);
  return (
    <Slider
      className="small-slider"
      value={Math.round(mix * 100)}
      minValue={0}
      maxValue={100}
      step={5}
      onChange={(value) => player.change({ mix: value / 100 })}
    >
      <Label className="visually-hidden">{t('player.mix')}</Label>
      <span aria-hidden="true">{t(`player.soundShort.${sound}`)}</span>
      <SliderTrack className="slider-track">
        <span className="slider-middle" />
        <SliderThumb className="slider-thumb" />
      </SliderTrack>
      <span aria-hidden="true">{t('player.piano')}</span>
    </Slider>
  );
}

/** Speed of both, at their own pitch. Its number sets it back. */
export function SpeedSlider({ player }: { player: Player }) {
  const { t } = useTranslation();
  const speed = usePlayerState(player, (state) => state.settings.speed);
  const percent = Math.round(speed * 100);
  return (
    <Slider
      className="small-slider"
      value={percent}
      minValue={50}
      maxValue={150}
      step={5}
      onChange={(value) => player.change({ speed: value / 100 })}
    >
      <Label>{t('player.speed')}</Label>
      <SliderTrack className="slider-track">
        <span className="slider-middle" />
        <SliderThumb className="slider-thumb" />
      </SliderTrack>
      <Button
        className="slider-value"
        aria-label={t('player.resetSpeed', { percent })}
        onPress={() => player.change({ speed: 1 })}
      >
        {t('player.percent', { percent })}
      </Button>
    </Slider>
  );
}
