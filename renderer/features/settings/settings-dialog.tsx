import {
  Button,
  Dialog,
  Heading,
  Modal,
  ModalOverlay,
  Tab,
  TabList,
  TabPanel,
  Tabs,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useShell } from '../../state/use-shell.tsx';
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
  const isOpen = useShell((shell) => shell.dialog === 'settings');
  const open = useShell((shell) => shell.open);
  return (
    <ModalOverlay
      className="overlay"
      isOpen={isOpen}
      onOpenChange={(next) => next || open(null)}
      isDismissable
    >
      <Modal className="modal settings-modal">
        <Dialog className="dialog settings">
          <Heading slot="title" className="dialog-title">
            {t('settings.title')}
          </Heading>
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
          <div className="dialog-buttons">
            <Button className="button" slot="close">
              {t('common.close')}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
