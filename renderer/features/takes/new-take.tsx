import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Song, Take } from '../../../main/contract/library.ts';
import { PlusIcon } from '../../parts/icons.tsx';
import { PopoverDialog } from '../../parts/popover-dialog.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { levels, melodyModes, nextSettings } from '../../state/settings.ts';
import { useLibrary } from '../../state/use-library.tsx';
import { useModels } from '../../state/use-models.ts';
import { useShell } from '../../state/use-shell.tsx';

/** Asks how another take should be, and asks the engine for it. */
export function NewTake({ song, takes }: { song: Song; takes: readonly Take[] }) {
  const { t } = useTranslation();
  const arrange = useLibrary((library) => library.arrange);
  const defaults = useShell(({ settings }) => settings.takes);
  const models = useModels();
  const [model, setModel] = useState(defaults.model);
  const [level, setLevel] = useState(defaults.level);
  const [melody, setMelody] = useState(defaults.melody);
  return (
    <PopoverDialog
      button={
        <>
          <PlusIcon />
          {t('takes.new')}
        </>
      }
      title={t('takes.newTitle')}
      className="new-take"
    >
      {(close) => (
        <>
          <Segmented
            label={t('takes.model.label')}
            value={model}
            options={models}
            nameOf={(option) => t(`takes.model.${option}`)}
            hint={t(`takes.modelHint.${model}`)}
            onChange={setModel}
          />
          <Segmented
            label={t('takes.level.label')}
            value={level}
            options={levels}
            nameOf={(option) => t(`takes.level.${option}`)}
            hint={null}
            onChange={setLevel}
          />
          <Segmented
            label={t('takes.melody.label')}
            value={melody}
            options={melodyModes}
            nameOf={(option) => t(`takes.melody.${option}`)}
            hint={t(`takes.melodyHint.${melody}`)}
            onChange={setMelody}
          />
          <Button
            className="button primary wide"
            onPress={() => {
              close();
              void arrange(song.id, nextSettings({ model, level, melody }, takes));
            }}
          >
            {t('takes.write')}
          </Button>
        </>
      )}
    </PopoverDialog>
  );
}
