import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Take } from '../../../main/contract/library.ts';
import { PopoverDialog } from '../../parts/popover-dialog.tsx';
import { useLibrary } from '../../state/use-library.tsx';
import { LeaningSlider } from './leaning-slider.tsx';

const HALF = 0.5;

/** Writes a take between the two that are picked. */
export function MorphTakes({ picked }: { picked: readonly Take[] }) {
  const { t } = useTranslation();
  const desk = useLibrary((library) => library.takeDesk);
  const [share, setShare] = useState(HALF);
  const [one, other] = picked;
  return (
    <PopoverDialog
      button={t('takes.morph.button')}
      isDisabled={picked.length !== 2}
      title={t('takes.morph.title')}
      className="new-take"
    >
      {(close) => (
        <>
          <LeaningSlider
            name={t('takes.morph.share')}
            less={t('takes.morph.nearer', { number: one?.number })}
            more={t('takes.morph.nearer', { number: other?.number })}
            neutral={t('takes.panel.even')}
            minValue={0}
            maxValue={1}
            step={0.1}
            middle={HALF}
            value={share === HALF ? null : share}
            onChange={(value) => setShare(value ?? HALF)}
          />
          <Button
            className="button primary wide"
            onPress={() => {
              close();
              if (one && other) void desk.morph(one, other, share);
            }}
          >
            {t('takes.write')}
          </Button>
        </>
      )}
    </PopoverDialog>
  );
}
