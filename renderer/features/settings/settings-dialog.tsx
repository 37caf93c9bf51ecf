import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { WindowDialog } from '../../parts/window-dialog.tsx';
import { BackupSettings } from './backup-settings.tsx';
import { ComputerSettings } from './computer-settings.tsx';
import { TakeSettings } from './take-settings.tsx';
import { WindowSettings } from './window-settings.tsx';

const parts = [
  { id: 'window', Part: WindowSettings },
  { id: 'takes', Part: TakeSettings },
  { id: 'computer', Part: ComputerSettings },
  { id: 'backups', Part: BackupSettings },
] as const;

/** Everything that a person can set for the whole of Songleaf. What is changed holds at once. */
export function SettingsDialog() {
  const { t } = useTranslation();
  return (
    <WindowDialog id="settings" title={t('settings.title')} modal="settings-modal" className="settings">
      <Tabs className="settings-tabs" orientation="vertical">
        <TabList className="settings-list" aria-label={t('settings.title')}>
          {parts.map(({ id }) => (
            <Tab key={id} id={id} className="settings-tab">
              {t(`settings.parts.${id}`)}
            </Tab>
          ))}
        </TabList>
        {parts.map(({ id, Part }) => (
          <TabPanel key={id} id={id} className="settings-panel">
            <Part />
          </TabPanel>
        ))}
      </Tabs>
    </WindowDialog>
  );
}
