import { useTranslation } from 'react-i18next';
import changelog from '../../../CHANGELOG.md?raw';
import { WindowDialog } from '../../parts/window-dialog.tsx';
import { readChangelog } from './read-changelog.ts';

const versions = readChangelog(changelog);

/** What each version brought. */
export function ChangesDialog() {
  const { t } = useTranslation();
  return (
    <WindowDialog id="changes" title={t('commands.changes')} modal="wide-modal" className="about" focusClose>
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
    </WindowDialog>
  );
}
