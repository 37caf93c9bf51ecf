import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { QueueIcon } from '../../parts/shell-icons.tsx';
import { isActive } from '../../state/song-jobs.ts';
import { useLibrary } from '../../state/use-library.tsx';
import { useShell } from '../../state/use-shell.tsx';

/** Opens the queue, and tells how much is in it. */
export function QueueButton() {
  const { t } = useTranslation();
  const count = useLibrary((library) => library.jobs.filter(isActive).length);
  const paused = useShell((shell) => shell.paused);
  const place = useShell((shell) => shell.place);
  const show = useShell((shell) => shell.show);
  return (
    <Button
      className="button quiet queue-button"
      aria-current={place === 'queue' ? 'page' : undefined}
      data-open={place === 'queue' || undefined}
      onPress={() => show(place === 'queue' ? 'library' : 'queue')}
    >
      <QueueIcon />
      {t('queue.title')}
      {count > 0 ? (
        <span className="queue-count">{paused ? t('queue.countPaused', { count }) : count}</span>
      ) : null}
    </Button>
  );
}
