import { useTranslation } from 'react-i18next';
import { joinsSchema, USUAL_FREEDOM } from '../../../main/contract/arrangement.ts';
import { Segmented } from '../../parts/segmented.tsx';
import { LeaningSlider } from './leaning-slider.tsx';
import { useWishes } from './wish-state.ts';

const leanings = ['density', 'register', 'drive', 'closeness'] as const;

/** How much chance has a say. */
export function FreedomField() {
  const { t } = useTranslation();
  const { wish, lean } = useWishes();
  return (
    <LeaningSlider
      name={t('takes.panel.freedom.name')}
      less={t('takes.panel.freedom.less')}
      more={t('takes.panel.freedom.more')}
      neutral={t('takes.panel.usual')}
      minValue={0}
      maxValue={1}
      step={0.05}
      middle={USUAL_FREEDOM}
      value={wish.texture?.freedom ?? null}
      onChange={(value) => lean('freedom', value)}
    />
  );
}

/** How the arranger that writes two bars at a time makes a song of them. */
export function JoinsField() {
  const { t } = useTranslation();
  const { wish, ask } = useWishes();
  const joins = wish.joins ?? 'two-bar';
  return (
    <Segmented
      label={t('takes.panel.joins.label')}
      value={joins}
      options={joinsSchema.options}
      nameOf={(option) => t(`takes.panel.joins.${option}`)}
      hint={t(`takes.panel.joinsHint.${joins}`)}
      onChange={(value) => ask({ joins: value })}
    />
  );
}

/** What is asked of a take's texture; only the learned arranger follows it. */
export function TextureFields() {
  const { t } = useTranslation();
  const { wish, lean } = useWishes();
  const isOther = wish.style?.kind === 'score';
  return (
    <div className="leanings">
      {leanings.map((name) => (
        <LeaningSlider
          key={name}
          name={t(`takes.panel.${name}.name`)}
          less={t(`takes.panel.${name}.less`)}
          more={t(`takes.panel.${name}.more`)}
          // How near a take stays to the record is no texture's own.
          neutral={t(isOther && name !== 'closeness' ? 'takes.panel.asOther' : 'takes.panel.asSong')}
          minValue={-2}
          maxValue={2}
          step={0.5}
          middle={0}
          value={wish.texture?.[name] ?? null}
          onChange={(value) => lean(name, value)}
        />
      ))}
      <FreedomField />
    </div>
  );
}
