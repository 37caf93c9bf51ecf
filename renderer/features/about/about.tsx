import { useEffect, useState } from 'react';
import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Credit } from '../../../main/contract/calls.ts';
import { type ErrorReport, toErrorReport } from '../../../main/contract/errors.ts';
import { ErrorText } from '../../parts/error-text.tsx';
import { useLibrary } from '../../state/use-library.tsx';

/** A button that tells which version this is and whose networks hear. */
export function AboutButton() {
  const { t } = useTranslation();
  return (
    <DialogTrigger>
      <Button className="button quiet">{t('about.button')}</Button>
      <ModalOverlay className="overlay" isDismissable>
        <Modal className="modal wide-modal">
          <Dialog className="dialog about">
            {({ close }) => (
              <>
                <Heading slot="title" className="dialog-title">
                  {t('about.title')}
                </Heading>
                <Credits />
                <div className="dialog-buttons">
                  <Button className="button" onPress={close} autoFocus>
                    {t('common.close')}
                  </Button>
                </div>
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}

function Credits() {
  const { t } = useTranslation();
  const readCredits = useLibrary((library) => library.readCredits);
  const [read, setRead] = useState<{ version: string; credits: readonly Credit[] } | null>(null);
  const [failure, setFailure] = useState<ErrorReport | null>(null);
  useEffect(() => {
    let shown = true;
    readCredits().then(
      (result) => shown && setRead(result),
      (error: unknown) => shown && setFailure(toErrorReport(error)),
    );
    return () => {
      shown = false;
    };
  }, [readCredits]);
  if (failure !== null) return <ErrorText error={failure} />;
  if (read === null) return <p>{t('about.reading')}</p>;
  return (
    <>
      <p>{t('about.version', { version: read.version })}</p>
      <section className="credits" aria-label={t('about.networks')}>
        <h3 className="credits-title">{t('about.networks')}</h3>
        <ul>
          {read.credits.map(({ name, credit, licence, text }) => (
            <li key={name}>
              <p>{credit}</p>
              <details>
                <summary>{t('about.licence', { licence })}</summary>
                <pre className="licence-text">{text}</pre>
              </details>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
