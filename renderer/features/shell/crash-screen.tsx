import { Component, type ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { toErrorReport } from '../../../main/contract/errors.ts';
import { CopyReport } from '../../parts/copy-report.tsx';

/** Shows what to do where drawing the window failed, in place of an empty page. */
export class CrashScreen extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error: error ?? new Error('unknown') };
  }

  override render(): ReactNode {
    return this.state.error === null ? this.props.children : <Crashed error={this.state.error} />;
  }
}

function Crashed({ error }: { error: unknown }) {
  const { t } = useTranslation();
  return (
    <main className="opening" role="alert">
      <h1 className="empty-title">{t('report.crashTitle')}</h1>
      <p>{t('report.crashText')}</p>
      <Button className="button primary" onPress={() => window.location.reload()}>
        {t('report.reload')}
      </Button>
      <CopyReport error={toErrorReport(error)} />
    </main>
  );
}
