import type { TFunction } from 'i18next';
import { Button, Menu, MenuItem, MenuTrigger, Popover, Toolbar } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Reading } from '../../../main/contract/analysis.ts';
import { takeReading } from '../../../main/contract/corrections.ts';
import type { Song } from '../../../main/contract/library.ts';
import { ChevronIcon } from '../../parts/icons.tsx';
import { nameKey } from './describe-item.ts';
import type { TimelineModel } from './timeline-model.ts';
import { useDesk } from './use-desk.tsx';

const oneDigit = { minimumFractionDigits: 1, maximumFractionDigits: 1 };

/** What holds for the whole song, and the gestures that change all of it. */
export function FactsBar(props: { song: Song; model: TimelineModel; onTap: () => void }) {
  const { song, model } = props;
  const { t } = useTranslation();
  const correct = useDesk((desk) => desk.correct);
  const working = useDesk((desk) => desk.working);
  const { tempo, metres, tuning, readings = [] } = model.analysis;
  const [key] = model.items.key;
  const [metre] = metres;
  const [beats, unit] = metre.unit === 'quarter' ? [metre.beats, 4] : [3 * metre.beats, 8];
  return (
    <Toolbar className="facts" aria-label={t('song.facts')}>
      <h1 className="facts-title">{song.title || t('songs.untitled')}</h1>
      <span className="fact">
        <span className="fact-value">
          {t('song.tempo', { bpm: tempo.bpm, formatParams: { bpm: oneDigit } })}
        </span>
        <Button
          className="button small"
          data-busy={working}
          aria-label={t('song.halve')}
          onPress={() => void correct({ kind: 'halve' })}
        >
          ÷2
        </Button>
        <Button
          className="button small"
          data-busy={working}
          aria-label={t('song.double')}
          onPress={() => void correct({ kind: 'double' })}
        >
          ×2
        </Button>
        <Button className="button small" data-busy={working} onPress={props.onTap}>
          {t('song.tap')}
        </Button>
      </span>
      <span className="fact">
        <span className="fact-value">{t('song.metre', { beats, unit })}</span>
        <Button
          className="button small"
          data-busy={working}
          aria-label={t('song.earlier')}
          onPress={() => void correct({ kind: 'shift', beats: -1 })}
        >
          ‹ {t('song.one')}
        </Button>
        <Button
          className="button small"
          data-busy={working}
          aria-label={t('song.later')}
          onPress={() => void correct({ kind: 'shift', beats: 1 })}
        >
          {t('song.one')} ›
        </Button>
      </span>
      {readings.length === 0 ? null : (
        <MenuTrigger>
          <Button className="button small" data-busy={working}>
            {t('song.readings')}
            <ChevronIcon />
          </Button>
          <Popover className="popover" placement="bottom start">
            <Menu
              className="menu"
              aria-label={t('song.readings')}
              onAction={(id) => void correct(takeReading(readings[Number(id)]))}
            >
              {readings.map((reading, i) => (
                <MenuItem
                  key={`${reading.change} ${reading.beats}`}
                  id={String(i)}
                  className="menu-item reading"
                  textValue={reading.change}
                >
                  <span>{nameReading(t, reading)}</span>
                  <span className="menu-hint">
                    {reading.likelihood < 0.01
                      ? t('song.unlikely')
                      : t('song.likely', { percent: Math.round(100 * reading.likelihood) })}
                  </span>
                </MenuItem>
              ))}
            </Menu>
          </Popover>
        </MenuTrigger>
      )}
      <span className="fact">
        <span className="fact-value">{nameKey(t, model, key)}</span>
      </span>
      <span className="fact">
        <span className="fact-value soft">
          {t('song.tuning', {
            cents: `${tuning.cents < 0 ? '−' : '+'}${Math.abs(Math.round(tuning.cents))}`,
          })}
        </span>
      </span>
    </Toolbar>
  );
}

function nameReading(t: TFunction, { change, beats }: Reading): string {
  if (change === 'shift') return t('song.other.shift', { count: beats });
  if (change === 'halve') return t(beats === 1 ? 'song.other.halveSecond' : 'song.other.halve');
  return t('song.other.double');
}
