import { useTranslation } from 'react-i18next';
import { languages, themes } from '../../../main/contract/settings.ts';
import { languageNames } from '../../i18n/i18n.ts';
import { SelectSetting, SwitchSetting } from '../../parts/setting.tsx';
import { useShell } from '../../state/use-shell.tsx';
import { useTransport } from '../../state/use-transport.tsx';

/** Language, theme, and what the window says by itself. */
export function WindowSettings() {
  const { t } = useTranslation();
  const { shell } = useTransport();
  const settings = useShell((state) => state.settings);
  const change = useShell((state) => state.change);
  return (
    <>
      <SelectSetting
        label={t('settings.language')}
        value={settings.language}
        options={[
          { id: 'system', name: t('settings.systemLanguage') },
          ...languages.map((id) => ({ id, name: languageNames[id] })),
        ]}
        onChange={(language) => void change({ language })}
      />
      <SelectSetting
        label={t('settings.theme')}
        value={settings.theme}
        options={themes.map((id) => ({ id, name: t(`settings.themes.${id}`) }))}
        onChange={(theme) => void change({ theme })}
      />
      <SwitchSetting
        label={t('settings.notify')}
        hint={t('settings.notifyHint')}
        isSelected={settings.notify}
        onChange={(notify) => {
          void change({ notify });
          if (notify && shell.asksLeave) void shell.askLeave();
        }}
      />
      {shell.kind === 'app' ? (
        <SwitchSetting
          label={t('settings.askBeforeQuit')}
          hint={t('settings.askBeforeQuitHint')}
          isSelected={settings.askBeforeQuit}
          onChange={(askBeforeQuit) => void change({ askBeforeQuit })}
        />
      ) : null}
    </>
  );
}
