import { useState } from 'react';
import { Button, Checkbox } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../main/contract/errors.ts';
import { writeReport } from '../state/report.ts';
import { useLibraryStore } from '../state/use-library.tsx';
import { useTransport } from '../state/use-transport.tsx';
import { CheckIcon } from './icons.tsx';

/** Copies what happened for whoever mends it, without folders, and without names of songs unless they are wanted. */
export function CopyReport({ error }: { error: ErrorReport }) {
  const { t, i18n } = useTranslation();
  const library = useLibraryStore();
  const transport = useTransport();
  const [withNames, setWithNames] = useState(false);
  const [copied, setCopied] = useState(false);

  async function copy(): Promise<void> {
    const unknown = { version: '?', device: '?' };
    const { version, device } = await transport.call('engine.info', {}).catch(() => unknown);
    const facts = { version, device, userAgent: navigator.userAgent, language: i18n.language };
    await navigator.clipboard.writeText(writeReport(error, facts, library.getState().songs, withNames));
    setCopied(true);
  }

  return (
    <div className="copy-report">
      <Button className="button small" onPress={() => void copy().catch(() => setCopied(false))}>
        {copied ? <CheckIcon /> : null}
        {copied ? t('report.copied') : t('report.copy')}
      </Button>
      <Checkbox className="checkbox" isSelected={withNames} onChange={setWithNames}>
        <span className="checkbox-box" />
        {t('report.withNames')}
      </Checkbox>
    </div>
  );
}
