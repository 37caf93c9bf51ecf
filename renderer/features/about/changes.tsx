import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import changelog from '../../../CHANGELOG.md?raw';
import { useShell } from '../../state/use-shell.tsx';
import { readChangelog } from './read-changelog.ts';

const versions = readChangelog(changelog);

/** What each version brought. */
export function ChangesDialog() {
  const { t } = useTranslation();
  const isOpen = useShell((shell) => shell.dialog === 'changes');
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
            {t('commands.changes')}
          </Heading>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
          <section className="credits changes" lang="en" tabIndex={0} aria-label={t('commands.changes')}>
            {versions.map(({ version, changes }) => (
              <section key={version}>
                <h3 className="credits-title">{version}</h3>
                <ul>
                  {changes.map((change) => (
                    <li key={change}>{change}</li>
                  ))}
                </ul>
              </section>
            ))}
          </section>
          <div className="dialog-buttons">
            <Button className="button" slot="close" autoFocus>
              {t('common.close')}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
