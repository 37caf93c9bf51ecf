import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Song } from '../../../main/contract/library.ts';
import { CrossIcon } from '../../parts/icons.tsx';
import { isActive } from '../../state/song-jobs.ts';
import { useLibrary } from '../../state/use-library.tsx';
import { percentOf } from '../progress/describe.ts';

/** Takes that are being written, or wait to be. */
export function PendingTakes({ song }: { song: Song }) {
  const { t } = useTranslation();
  const jobs = useLibrary((library) => library.jobs);
  const cancel = useLibrary((library) => library.cancel);
  const own = jobs.filter((job) => job.songId === song.id && job.kind === 'arrange' && isActive(job));
  if (own.length === 0) return null;
  return (
    <ul className="pending-takes" aria-label={t('takes.pendingList')}>
      {own.map((job) => (
        <li key={job.id} className="pending-take">
          <span>
            {job.state === 'queued'
              ? t('takes.pendingQueued')
              : t('takes.pending', { percent: percentOf(job) })}
          </span>
          <Button
            className="icon-button"
            aria-label={t('takes.pendingCancel')}
            onPress={() => void cancel(job.id)}
          >
            <CrossIcon />
          </Button>
          <span className="thin-bar" aria-hidden="true">
            <span className="thin-bar-fill" style={{ inlineSize: `${percentOf(job)}%` }} />
          </span>
        </li>
      ))}
    </ul>
  );
}
