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
import { Credits } from './credits.tsx';
import { ModelCards } from './model-cards.tsx';
import { Packages } from './packages.tsx';

/** Opens About. */
export function AboutButton() {
  const { t } = useTranslation();
  const open = useShell((shell) => shell.open);
  return (
    <Button className="button quiet" onPress={() => open('about')}>
      {t('about.button')}
    </Button>
  );
}

const parts = [
  { id: 'credits', Part: Credits },
  { id: 'cards', Part: ModelCards },
  { id: 'packages', Part: Packages },
] as const;

/** Which version this is, whose networks hear, what is known of ours, and whose programs it stands on. */
export function AboutDialog() {
  const { t } = useTranslation();
  const isOpen = useShell((shell) => shell.dialog === 'about');
  const open = useShell((shell) => shell.open);
  return (
    <ModalOverlay
      className="overlay"
      isOpen={isOpen}
      onOpenChange={(next) => next || open(null)}
      isDismissable
    >
      <Modal className="modal wide-modal">
        <Dialog className="dialog about">
          <Heading slot="title" className="dialog-title">
            {t('about.title')}
          </Heading>
          <Tabs>
            <TabList className="tab-list" aria-label={t('about.title')}>
              {parts.map(({ id }) => (
                <Tab key={id} id={id} className="tab">
                  {t(`about.parts.${id}`)}
                </Tab>
              ))}
            </TabList>
            {parts.map(({ id, Part }) => (
              <TabPanel key={id} id={id} className="about-part">
                <Part />
              </TabPanel>
            ))}
          </Tabs>
          <div className="dialog-buttons">
            <Button className="button" onPress={() => open('changes')}>
              {t('commands.changes')}
            </Button>
            <Button className="button" slot="close" autoFocus>
              {t('common.close')}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
