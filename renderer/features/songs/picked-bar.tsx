import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Song } from '../../../main/contract/library.ts';
import { useLibrary } from '../../state/use-library.tsx';
import { useFirstTake } from '../../state/use-shell.tsx';
import { useExports } from '../export/use-exports.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import type { Picked } from './use-picked.ts';

/** What can be done with several songs at once. */
export function PickedBar({ songs, picked }: { songs: readonly Song[]; picked: Picked }) {
  const { t } = useTranslation();
  const arrange = useLibrary((library) => library.arrange);
  const first = useFirstTake();
  const removeSong = useLibrary((library) => library.removeSong);
  const ask = useExports((exports) => exports.ask);
  const [asking, setAsking] = useState(false);
  const chosen = songs.filter(({ id }) => picked.ids.has(id));
  // A first take for those that have none; others have theirs.
  const waiting = chosen.filter(({ takes, missing }) => takes === 0 && !missing);

  const arranged = chosen.filter(({ takes }) => takes > 0).map(({ id }) => id);

  async function removeAll(): Promise<void> {
    picked.clear();
    for (const { id } of chosen) await removeSong(id);
  }

  async function arrangeAll(): Promise<void> {
    for (const { id } of waiting) await arrange(id, first);
  }

  return (
    <div className="picked-bar">
      <span>{t('songs.picked', { count: chosen.length })}</span>
      <Button className="button small" isDisabled={waiting.length === 0} onPress={() => void arrangeAll()}>
        {t('songs.arrangePicked')}
      </Button>
      <Button
        className="button small"
        isDisabled={arranged.length === 0}
        onPress={() => ask({ of: 'songs', songIds: arranged })}
      >
        {t('songs.export')}
      </Button>
      <Button className="button small" onPress={() => setAsking(true)}>
        {t('songs.removePicked')}
      </Button>
      <RemoveDialog
        isOpen={asking}
        title={t('songs.removePickedTitle', { count: chosen.length })}
        onOpenChange={setAsking}
        onRemove={() => void removeAll()}
      />
    </div>
  );
}
