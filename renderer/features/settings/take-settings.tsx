import { useTranslation } from 'react-i18next';
import { separateModes } from '../../../main/contract/separation.ts';
import { SelectSetting, SwitchSetting } from '../../parts/setting.tsx';
import { levels, melodyModes } from '../../state/settings.ts';
import { useModels } from '../../state/use-models.ts';
import { useShell } from '../../state/use-shell.tsx';

/** What a take is like before anybody chooses. */
export function TakeSettings() {
  const { t } = useTranslation();
  const { takes, separate, arrangeNew } = useShell((shell) => shell.settings);
  const change = useShell((shell) => shell.change);
  const models = useModels();
  const changeTakes = (changed: Partial<typeof takes>) => void change({ takes: { ...takes, ...changed } });
  return (
    <>
      <SelectSetting
        label={t('takes.model.label')}
        hint={t(`takes.modelHint.${takes.model}`)}
        value={takes.model}
        options={models.map((id) => ({ id, name: t(`takes.model.${id}`) }))}
        onChange={(model) => changeTakes({ model })}
      />
      <SelectSetting
        label={t('takes.level.label')}
        value={takes.level}
        options={levels.map((id) => ({ id, name: t(`takes.level.${id}`) }))}
        onChange={(level) => changeTakes({ level })}
      />
      <SelectSetting
        label={t('takes.melody.label')}
        hint={t(`takes.melodyHint.${takes.melody}`)}
        value={takes.melody}
        options={melodyModes.map((id) => ({ id, name: t(`takes.melody.${id}`) }))}
        onChange={(melody) => changeTakes({ melody })}
      />
      <SelectSetting
        label={t('settings.separate')}
        hint={t('settings.separateHint')}
        value={separate}
        options={separateModes.map((id) => ({ id, name: t(`settings.separateModes.${id}`) }))}
        onChange={(mode) => void change({ separate: mode })}
      />
      <SwitchSetting
        label={t('settings.arrangeNew')}
        hint={t('settings.arrangeNewHint')}
        isSelected={arrangeNew}
        onChange={(next) => void change({ arrangeNew: next })}
      />
    </>
  );
}
