import { useEffect } from 'react';
import { Button, ProgressBar } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { ExportResult } from '../../../main/contract/export.ts';
import { ErrorText } from '../../parts/error-text.tsx';
import { CrossIcon } from '../../parts/icons.tsx';
import type { ExportEntry } from './exports.ts';
import { useExports } from './use-exports.tsx';

/** Milliseconds that an export without a fault is told of. */
const GOOD_NEWS = 12_000;
/** Faults shown of one export; all of them would fill the window. */
const SHOWN = 4;

/** Exports: how far they are, and what became of each file. */
export function ExportPanel() {
  const { t } = useTranslation();
  const entries = useExports((exports) => exports.entries);
  if (entries.length === 0) return null;
  return (
    <section className="export-panel" aria-label={t('export.region')}>
      {entries.map((entry) => (
        <Entry key={entry.id} entry={entry} />
      ))}
    </section>
  );
}

function Entry({ entry }: { entry: ExportEntry }) {
  const { t } = useTranslation();
  const dismiss = useExports((exports) => exports.dismiss);
  const isBad = entry.kind === 'refused' || (entry.kind === 'over' && entry.result.failed.length > 0);
  const isOver = entry.kind !== 'running';
  useEffect(() => {
    if (!isOver || isBad) return;
    const timer = setTimeout(() => dismiss(entry.id), GOOD_NEWS);
    return () => clearTimeout(timer);
  }, [isOver, isBad, entry.id, dismiss]);
  return (
    <div className="notice" data-bad={isBad} role={isBad ? 'alert' : 'status'}>
      <div className="export-entry">
        {entry.kind === 'running' ? <Running entry={entry} /> : null}
        {entry.kind === 'over' ? <Over result={entry.result} /> : null}
        {entry.kind === 'refused' ? <ErrorText error={entry.error} /> : null}
      </div>
      {isOver ? (
        <Button className="icon-button" aria-label={t('notices.dismiss')} onPress={() => dismiss(entry.id)}>
          <CrossIcon />
        </Button>
      ) : null}
    </div>
  );
}

function Running({ entry: { id, progress } }: { entry: Extract<ExportEntry, { kind: 'running' }> }) {
  const { t } = useTranslation();
  const cancel = useExports((exports) => exports.cancel);
  const done = progress?.done ?? 0;
  const total = progress?.total ?? 0;
  return (
    <>
      <p className="export-title">
        {total > 1 ? t('export.writing', { number: done + 1, total }) : t('export.writingOne')}
      </p>
      <p className="export-file">{progress?.name ?? ''}</p>
      <ProgressBar
        className="thin-bar"
        aria-label={t('export.progress')}
        value={done}
        maxValue={Math.max(1, total)}
        isIndeterminate={total < 2}
      >
        {({ percentage }) => <div className="thin-bar-fill" style={{ inlineSize: `${percentage ?? 30}%` }} />}
      </ProgressBar>
      <Button className="button small" onPress={() => cancel(id)}>
        {t('common.cancel')}
      </Button>
    </>
  );
}

function Over({ result }: { result: ExportResult }) {
  const { t } = useTranslation();
  const reachesSystem = useExports((exports) => exports.reachesSystem);
  const show = useExports((exports) => exports.show);
  const { written, failed, cancelled, folder } = result;
  const [name = ''] = written;
  const where = { count: written.length, name, folder };
  const saved = folder === null ? t('export.saved', where) : t('export.savedIn', where);
  const [first] = failed;
  return (
    <>
      {cancelled ? <p className="export-title">{t('export.cancelled')}</p> : null}
      {written.length > 0 ? <p>{saved}</p> : null}
      {first === undefined ? null : (
        <>
          <p className="notice-title">{t('export.failed', { count: failed.length, name: first.name })}</p>
          <ul className="export-faults">
            {failed.slice(0, SHOWN).map(({ name: file, error }) => (
              <li key={file}>
                <span className="export-file">{file}</span>
                <ErrorText error={error} />
              </li>
            ))}
          </ul>
        </>
      )}
      {reachesSystem && written.length > 0 ? (
        <Button className="button small" onPress={() => void show(result.id)}>
          {t('export.show')}
        </Button>
      ) : null}
    </>
  );
}
