import { Button, Checkbox } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { PopoverDialog } from '../../parts/popover-dialog.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { scoreLayouts, stepZoom, useScoreView, zooms } from './view-settings.ts';

/** Asks how the score is to be looked at: pages or one sheet, how large, on which paper. */
export function ScoreViewButton({ onStand }: { onStand: () => void }) {
  const { t } = useTranslation();
  const { layout, zoom, darkPaper, change } = useScoreView();
  return (
    <PopoverDialog button={t('score.view.button')} title={t('score.view.title')} className="score-options">
      {(close) => (
        <>
          <Segmented
            label={t('score.view.layout')}
            value={layout}
            options={scoreLayouts}
            nameOf={(option) => t(`score.view.layouts.${option}`)}
            hint={t(`score.view.layoutHints.${layout}`)}
            onChange={(next) => change({ layout: next })}
          />
          <ZoomStepper zoom={zoom} onZoom={(next) => change({ zoom: next })} />
          <PaperChoice isDark={darkPaper} onChange={(dark) => change({ darkPaper: dark })} />
          <Button
            className="button primary wide"
            onPress={() => {
              close();
              onStand();
            }}
          >
            {t('score.view.stand')}
          </Button>
        </>
      )}
    </PopoverDialog>
  );
}

export function ZoomStepper({ zoom, onZoom }: { zoom: number; onZoom: (zoom: number) => void }) {
  const { t } = useTranslation();
  return (
    <div className="stepper">
      <span role="status">{t('score.view.zoom', { percent: Math.round(100 * zoom) })}</span>
      <Button
        className="button"
        aria-label={t('score.view.smaller')}
        isDisabled={zoom <= zooms[0]}
        onPress={() => onZoom(stepZoom(zoom, -1))}
      >
        −
      </Button>
      <Button
        className="button"
        aria-label={t('score.view.larger')}
        isDisabled={zoom >= zooms.at(-1)!}
        onPress={() => onZoom(stepZoom(zoom, 1))}
      >
        +
      </Button>
    </div>
  );
}

export function PaperChoice({ isDark, onChange }: { isDark: boolean; onChange: (dark: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <Checkbox className="checkbox" isSelected={isDark} onChange={onChange}>
      <span className="checkbox-box" aria-hidden="true" />
      {t('score.view.darkPaper')}
    </Checkbox>
  );
}
