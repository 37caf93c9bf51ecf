import { Button, Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { WindowDialog } from '../../parts/window-dialog.tsx';
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
  const open = useShell((shell) => shell.open);
  return (
    <WindowDialog
      id="about"
      title={t('about.title')}
      modal="wide-modal"
      className="about"
      buttons={
        <Button className="button" onPress={() => open('changes')}>
          {t('commands.changes')}
        </Button>
      }
      focusClose
    >
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
    </WindowDialog>
  );
}
