import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useShell } from '../../state/use-shell.tsx';
import { useTransport } from '../../state/use-transport.tsx';

/** Offers, in a browser that has not been asked, to tell outside the page when work has ended. */
export function AskLeave({ busy }: { busy: boolean }) {
  const { t } = useTranslation();
  const { shell } = useTransport();
  const wanted = useShell((state) => state.settings.notify);
  const [asks, setAsks] = useState(shell.asksLeave);
  if (!busy || !wanted || !asks) return null;
  return (
    <p className="queue-leave">
      {t('queue.leaveText')}
      <Button className="button small" onPress={() => void shell.askLeave().finally(() => setAsks(false))}>
        {t('queue.leaveGive')}
      </Button>
    </p>
  );
}
