import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Take } from '../../../main/contract/library.ts';
import { useLibrary } from '../../state/use-library.tsx';
import { nameTake } from './take-name.ts';

/** Tells that a take was deleted, and brings it back. */
export function TakeRemoved({ take, noticeId }: { take: Take; noticeId: number }) {
  const { t } = useTranslation();
  const restore = useLibrary((library) => library.takeDesk.restore);
  const dismiss = useLibrary((library) => library.dismiss);
  return (
    <p className="notice-line">
      {t('takes.removed', { number: take.number, name: nameTake(t, take) })}
      <Button
        className="button small"
        onPress={() => {
          dismiss(noticeId);
          void restore(take);
        }}
      >
        {t('takes.undoRemove')}
      </Button>
    </p>
  );
}
