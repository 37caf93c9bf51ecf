import { useEffect } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { CopyReport } from '../../parts/copy-report.tsx';
import { ErrorText } from '../../parts/error-text.tsx';
import { CrossIcon } from '../../parts/icons.tsx';
import type { Notice } from '../../state/library-state.ts';
import { songIn } from '../../state/song-index.ts';
import { useLibrary } from '../../state/use-library.tsx';
import { describeFinished } from '../queue/describe-finished.ts';
import { TakeRemoved } from '../takes/take-removed.tsx';

/** Milliseconds that good news stays. Errors stay until they are dismissed. */
const GOOD_NEWS = 6_000;

export function Notices() {
  const { t } = useTranslation();
  const notices = useLibrary((library) => library.notices);
  return (
    <section className="notices" aria-label={t('notices.region')}>
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </section>
  );
}

function NoticeCard({ notice }: { notice: Notice }) {
  const { t } = useTranslation();
  const dismiss = useLibrary((library) => library.dismiss);
  const bad = isBad(notice);
  useEffect(() => {
    if (bad) return;
    const timer = setTimeout(() => dismiss(notice.id), GOOD_NEWS);
    return () => clearTimeout(timer);
  }, [bad, notice.id, dismiss]);
  return (
    <div className="notice" data-bad={bad} role={bad ? 'alert' : 'status'}>
      {'error' in notice ? <BadNews notice={notice} /> : <News notice={notice} />}
      <Button className="icon-button" aria-label={t('notices.dismiss')} onPress={() => dismiss(notice.id)}>
        <CrossIcon />
      </Button>
    </div>
  );
}

/** Whether something went wrong, which has to be read before it goes. */
function isBad(notice: Notice): boolean {
  if (notice.kind === 'finished') return notice.failed > 0;
  return 'error' in notice || (notice.kind === 'engine' && !notice.running);
}

function News({ notice }: { notice: Exclude<Notice, { error: unknown }> }) {
  const { t } = useTranslation();
  if (notice.kind === 'backed-up') return <p>{t('backups.made')}</p>;
  if (notice.kind === 'restored') return <p>{t('backups.restored')}</p>;
  if (notice.kind === 'engine') {
    return <p>{notice.running ? t('notices.engineAgain') : t('notices.engineDown')}</p>;
  }
  if (notice.kind === 'finished') return <FinishedWork notice={notice} />;
  if (notice.kind === 'take-removed') return <TakeRemoved take={notice.take} noticeId={notice.id} />;
  const [title = ''] = notice.titles;
  if (notice.kind === 'found') {
    const count = notice.titles.length;
    const found = t('songs.foundAgain', { count, title: title || t('songs.untitled') });
    return (
      <p>{notice.missing === 0 ? found : `${found} ${t('songs.stillMissing', { count: notice.missing })}`}</p>
    );
  }
  return <p>{t('songs.known', { count: notice.titles.length, title: title || t('songs.untitled') })}</p>;
}

function FinishedWork({ notice }: { notice: Extract<Notice, { kind: 'finished' }> }) {
  const { t } = useTranslation();
  const title =
    useLibrary((library) => songIn(library.songs, notice.songIds[0] ?? '')?.title) || t('songs.untitled');
  const { news, rest } = describeFinished(t, notice, () => title);
  return <p>{rest === null ? news : `${news} ${rest}`}</p>;
}

function BadNews({ notice }: { notice: Extract<Notice, { error: unknown }> }) {
  const { t } = useTranslation();
  const songs = useLibrary((library) => library.songs);
  let heading = t('notices.fault');
  if (notice.kind === 'library') heading = t('notices.library');
  if (notice.kind === 'not-added') heading = t('songs.failedImport', { file: notice.file });
  if (notice.kind === 'not-finished') {
    const song = songs.find(({ id }) => id === notice.songId);
    heading = t('progress.notFinished', { title: song?.title || t('songs.untitled') });
  }
  return (
    <div>
      <p className="notice-title">{heading}</p>
      <ErrorText error={notice.error} />
      <CopyReport error={notice.error} />
    </div>
  );
}
