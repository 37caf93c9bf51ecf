import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Song, Take } from '../../../main/contract/library.ts';
import { NumberStepper } from '../../parts/number-stepper.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { levels, melodyModes } from '../../state/settings.ts';
import { useLibrary } from '../../state/use-library.tsx';
import { useModels } from '../../state/use-models.ts';
import { PaperKey } from './paper-key.tsx';
import { ScopeFields } from './scope-fields.tsx';
import { useTakeMusic } from './take-music.ts';
import { FreedomField, JoinsField, TextureFields } from './texture-fields.tsx';
import { TextureSource } from './texture-source.tsx';
import { MOST_AT_ONCE, settleWish, useWishes } from './wish-state.ts';

/** How the next takes shall be, in musicians' words, and the button that asks for them. */
export function TakePanel({
  song,
  takes,
  current,
}: {
  song: Song;
  takes: readonly Take[];
  current: Take | null;
}) {
  const { t } = useTranslation();
  const wishes = useWishes();
  const { wish, ask, scope, count, change } = wishes;
  const desk = useLibrary((library) => library.takeDesk);
  // The last is the one that is known best where none was chosen.
  const shown = current ?? takes.at(-1) ?? null;
  // Without chance all takes are the same.
  const draws = wish.model === 'songleaf' || wish.model === 'a2s';
  const alike = draws && wish.texture?.freedom === 0 && wish.style?.kind !== 'chance';
  const models = useModels();
  const asked = alike ? 1 : count;
  return (
    <section className="take-panel-side" aria-label={t('takes.panel.title')}>
      <h2 className="panel-title">{t('takes.panel.title')}</h2>
      <div className="panel-fields">
        <Segmented
          label={t('takes.model.label')}
          value={wish.model}
          options={models}
          nameOf={(option) => t(`takes.model.${option}`)}
          hint={t(`takes.modelHint.${wish.model}`)}
          onChange={(model) => ask({ model })}
        />
        <Segmented
          label={t('takes.level.label')}
          value={wish.level}
          options={levels}
          nameOf={(option) => t(`takes.level.${option}`)}
          hint={null}
          onChange={(level) => ask({ level })}
        />
        <Segmented
          label={t('takes.melody.label')}
          value={wish.melody}
          options={melodyModes}
          nameOf={(option) => t(`takes.melody.${option}`)}
          hint={null}
          onChange={(melody) => ask({ melody })}
        />
        {wish.model === 'songleaf' ? (
          <>
            <TextureFields />
            <TextureSource takes={takes} />
          </>
        ) : null}
        {wish.model === 'a2s' ? (
          <>
            <FreedomField />
            <TextureSource takes={takes} />
            <JoinsField />
          </>
        ) : null}
        {shown === null ? null : <ScopeFields take={shown} />}
        {shown === null ? null : <PaperKey take={shown} />}
      </div>
      <div className="panel-foot">
        <NumberStepper
          label={t('takes.panel.count')}
          value={asked}
          minValue={1}
          maxValue={alike ? 1 : MOST_AT_ONCE}
          onChange={(value) => change({ count: value })}
        />
        {scope === 'keep' && shown !== null ? (
          <RollButton take={shown} count={asked} />
        ) : (
          <Button
            className="button primary wide"
            onPress={() => void desk.more(song.id, settleWish(wishes), asked)}
          >
            {t('takes.panel.write', { count: asked })}
          </Button>
        )}
      </div>
    </section>
  );
}

/** Writes all but the bars that are kept again. */
function RollButton({ take, count }: { take: Take; count: number }) {
  const { t } = useTranslation();
  const { first, last } = useWishes();
  const desk = useLibrary((library) => library.takeDesk);
  const bars = useTakeMusic(take)?.bars.length ?? 0;
  const others = Array.from({ length: bars }, (_, bar) => bar).filter(
    (bar) => bar < first - 1 || bar >= last,
  );
  return (
    <Button
      className="button primary wide"
      isDisabled={others.length === 0}
      onPress={() => void desk.roll(take, others, count)}
    >
      {t('takes.panel.write', { count })}
    </Button>
  );
}
