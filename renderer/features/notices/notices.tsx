import { useEffect } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { ErrorText } from '../../parts/error-text.tsx';
import { CrossIcon } from '../../parts/icons.tsx';
import type { Notice } from '../../state/library-state.ts';
import { useLibrary } from '../../state/use-library.tsx';

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
  useEffect(() => {
    if (notice.kind === 'error') return;
    const timer = setTimeout(() => dismiss(notice.id), GOOD_NEWS);
    return () => clearTimeout(timer);
  }, [notice, dismiss]);
  return (
    <div className="notice" data-kind={notice.kind} role={notice.kind === 'error' ? 'alert' : 'status'}>
      <NoticeBody notice={notice} />
      <Button className="icon-button" aria-label={t('notices.dismiss')} onPress={() => dismiss(notice.id)}>
        <CrossIcon />
      </Button>
    </div>
  );
}

function NoticeBody({ notice }: { notice: Notice }) {
  const { t } = useTranslation();
  if (notice.kind === 'saved') return <p>{t('export.saved', { name: notice.name })}</p>;
  if (notice.kind === 'known') {
    const [title = ''] = notice.titles;
    return <p>{t('songs.known', { count: notice.titles.length, title: title || t('songs.untitled') })}</p>;
  }
  const heading = notice.file === null ? t('notices.fault') : t('songs.failedImport', { file: notice.file });
  return (
    <div>
      <p className="notice-title">{heading}</p>
      <ErrorText error={notice.error} />
    </div>
  );
}
