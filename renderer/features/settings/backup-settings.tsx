import { useEffect, useState } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Backup } from '../../../main/contract/backups.ts';
import { useLibrary } from '../../state/use-library.tsx';
import { useShell } from '../../state/use-shell.tsx';

/** The copies of the library: made now, or gone back to. */
export function BackupSettings() {
  const { t } = useTranslation();
  const attempt = useLibrary((library) => library.attempt);
  const readBackups = useShell((shell) => shell.readBackups);
  const makeBackup = useShell((shell) => shell.makeBackup);
  const [backups, setBackups] = useState<readonly Backup[]>([]);
  const [chosen, setChosen] = useState<Backup | null>(null);
  useEffect(() => {
    void attempt(async () => setBackups(await readBackups()));
  }, [attempt, readBackups]);
  return (
    <div className="backups">
      <p className="setting-hint">{t('backups.text')}</p>
      <Button
        className="button small"
        onPress={() => void attempt(async () => setBackups(await makeBackup()))}
      >
        {t('backups.make')}
      </Button>
      <ul className="backup-list" aria-label={t('backups.list')}>
        {backups.map((backup) => (
          <BackupLine key={backup.number} backup={backup} onRestore={() => setChosen(backup)} />
        ))}
      </ul>
      {backups.length === 0 ? <p className="setting-hint">{t('backups.none')}</p> : null}
      <RestoreQuestion backup={chosen} onClose={() => setChosen(null)} />
    </div>
  );
}

function BackupLine({ backup, onRestore }: { backup: Backup; onRestore: () => void }) {
  const { t } = useTranslation();
  const when = useDate(backup);
  const { songs, takes, bytes } = backup;
  return (
    <li className="backup">
      <span className="backup-when">{when}</span>
      <span className="setting-hint">
        {songs === null || takes === null
          ? t('backups.unreadable')
          : [
              t('backups.songs', { count: songs }),
              t('songs.takes', { count: takes }),
              t('backups.size', { size: Math.max(0.1, bytes / 1e6) }),
            ].join(' · ')}
      </span>
      <Button
        className="button small"
        isDisabled={songs === null}
        aria-label={t('backups.restoreOf', { when })}
        onPress={onRestore}
      >
        {t('backups.restore')}
      </Button>
    </li>
  );
}

function RestoreQuestion({ backup, onClose }: { backup: Backup | null; onClose: () => void }) {
  const { t } = useTranslation();
  const attempt = useLibrary((library) => library.attempt);
  const tell = useLibrary((library) => library.tell);
  const restore = useShell((shell) => shell.restore);
  const open = useShell((shell) => shell.open);
  const when = useDate(backup);
  if (backup === null) return null;
  const goBack = () =>
    attempt(async () => {
      await restore(backup.number);
      open(null);
      tell({ kind: 'restored' });
    });
  return (
    <ModalOverlay className="overlay" isOpen onOpenChange={(next) => next || onClose()} isDismissable>
      <Modal className="modal">
        <Dialog className="dialog" role="alertdialog">
          <Heading slot="title" className="dialog-title">
            {t('backups.question', { when })}
          </Heading>
          <p>{t('backups.warning')}</p>
          <div className="dialog-buttons">
            <Button className="button" slot="close" autoFocus>
              {t('common.cancel')}
            </Button>
            <Button
              className="button danger"
              onPress={() => {
                onClose();
                void goBack();
              }}
            >
              {t('backups.restore')}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Date and time of a backup in the window's language. */
function useDate(backup: Backup | null): string {
  const { i18n } = useTranslation();
  if (backup === null) return '';
  return new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }).format(
    backup.writtenAt,
  );
}
