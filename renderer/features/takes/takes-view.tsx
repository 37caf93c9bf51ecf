import { type KeyboardEvent, useCallback, useState } from 'react';
import { Button, GridList, type Key } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Song, Take } from '../../../main/contract/library.ts';
import { MOST_COMPARED } from '../../../main/contract/takes.ts';
import { useLibrary } from '../../state/use-library.tsx';
import { useCompare } from '../compare/compare-state.ts';
import { useSongView } from '../song/view-state.ts';
import { ViewSwitch } from '../song/view-switch.tsx';
import { SongMenu } from '../songs/song-menu.tsx';
import { MorphTakes } from './morph-takes.tsx';
import { PendingTakes } from './pending-takes.tsx';
import { RemovedTakes } from './removed-takes.tsx';
import { TakeCard } from './take-card.tsx';
import { TakePanel } from './take-panel.tsx';
import { useUndoRemove } from './use-undo-remove.ts';

/** All takes of a song as cards, and how the next ones shall be. */
export function TakesView({
  song,
  takes,
  current,
}: {
  song: Song;
  takes: readonly Take[];
  current: Take | null;
}) {
  const { t } = useTranslation();
  const selectTake = useLibrary((library) => library.selectTake);
  const desk = useLibrary((library) => library.takeDesk);
  const { show } = useSongView();
  const compare = useCompare((state) => state.open);
  const [picked, setPicked] = useState<ReadonlySet<Key>>(new Set());
  const [renaming, setRenaming] = useState<string | null>(null);
  useUndoRemove(song.id);

  const chosen = takes.filter(({ id }) => picked.has(id));
  const startCompare = useCallback(
    (ids: readonly string[]) => {
      compare(song.id, ids);
      show('compare');
    },
    [compare, show, song.id],
  );
  const pressed = (event: KeyboardEvent<HTMLElement>) => {
    const item = event.target as HTMLElement;
    if (item.getAttribute('role') !== 'row') return;
    const take = takes.find(({ id }) => id === item.dataset.key);
    if (take === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'F2') setRenaming(take.id);
    else if (event.key === 'Delete' || event.key === 'Backspace') void desk.remove(take);
    else if (event.key.toLowerCase() === 's') void desk.star(take, !take.starred);
    else if (event.key.toLowerCase() === 'h') selectTake(song.id, take.id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <>
      <div className="toolbar">
        <ViewSwitch />
        <span className="toolbar-space" />
        <span className="toolbar-hint">
          {t(chosen.length === 0 ? 'takes.pickHint' : 'takes.picked', { count: chosen.length })}
        </span>
        <MorphTakes picked={chosen} />
        <Button
          className="button"
          isDisabled={chosen.length < 2 || chosen.length > MOST_COMPARED}
          onPress={() => startCompare(chosen.map(({ id }) => id))}
        >
          {t('takes.compare')}
        </Button>
        <SongMenu song={song} />
      </div>
      <div className="takes-desk">
        <section className="takes-board" aria-label={t('takes.list')} onKeyDownCapture={pressed}>
          <GridList
            className="take-grid"
            aria-label={t('takes.list')}
            layout="grid"
            disallowTypeAhead
            keyboardNavigationBehavior="tab"
            selectionMode="multiple"
            selectionBehavior="toggle"
            items={takes}
            dependencies={[current?.id, renaming, chosen]}
            selectedKeys={picked}
            onSelectionChange={(keys) =>
              setPicked(keys === 'all' ? new Set(takes.map(({ id }) => id)) : keys)
            }
            renderEmptyState={() => <p className="takes-none">{t('takes.noneText')}</p>}
          >
            {(take) => (
              <TakeCard
                take={take}
                isCurrent={take.id === current?.id}
                renaming={renaming === take.id}
                onRename={(open) => setRenaming(open ? take.id : null)}
                onCompare={() => startCompare(withCurrent(take, current, takes))}
              />
            )}
          </GridList>
          <PendingTakes song={song} />
          <RemovedTakes song={song} />
        </section>
        <TakePanel song={song} takes={takes} current={current} />
      </div>
    </>
  );
}

/** The take beside the one that sounds, or beside its neighbour where it is that one. */
function withCurrent(take: Take, current: Take | null, takes: readonly Take[]): string[] {
  const other = current !== null && current.id !== take.id ? current : takes.find(({ id }) => id !== take.id);
  return other === undefined ? [take.id] : [other.id, take.id];
}
