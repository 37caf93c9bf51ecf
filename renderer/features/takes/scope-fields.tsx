import { useTranslation } from 'react-i18next';
import type { Take } from '../../../main/contract/library.ts';
import { NumberStepper } from '../../parts/number-stepper.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { useTakeMusic } from './take-music.ts';
import { scopes, useWishes } from './wish-state.ts';

/** Which bars are written. */
export function ScopeFields({ take }: { take: Take }) {
  const { t } = useTranslation();
  const { scope, first, last, change } = useWishes();
  const bars = useTakeMusic(take)?.bars.length ?? Math.max(first, last);
  return (
    <div className="scope">
      <Segmented
        label={t('takes.panel.scope.label')}
        value={scope}
        options={scopes}
        nameOf={(option) => t(`takes.panel.scope.${option}`, { number: take.number })}
        hint={scope === 'keep' ? t('takes.panel.scope.keepHint', { number: take.number }) : null}
        onChange={(value) => change({ scope: value })}
      />
      {scope === 'all' ? null : (
        <div className="scope-bars">
          <NumberStepper
            label={t('takes.panel.scope.first')}
            value={first}
            minValue={1}
            maxValue={bars}
            onChange={(value) => change({ first: value, last: Math.max(value, last) })}
          />
          <NumberStepper
            label={t('takes.panel.scope.last')}
            value={last}
            minValue={1}
            maxValue={bars}
            onChange={(value) => change({ last: value, first: Math.min(value, first) })}
          />
        </div>
      )}
    </div>
  );
}
