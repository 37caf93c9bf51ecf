import { useCallback, useEffect, useRef } from 'react';
import { Button, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Song, Take } from '../../../main/contract/library.ts';
import { ErrorText } from '../../parts/error-text.tsx';
import { UndoIcon } from '../../parts/icons.tsx';
import { BesideIcon, UnderIcon } from '../../parts/take-icons.tsx';
import { useLibrary } from '../../state/use-library.tsx';
import { usePlayer } from '../player/use-player.tsx';
import { useHistoryKeys } from '../song/use-history-keys.ts';
import { useSongView } from '../song/view-state.ts';
import { ViewSwitch } from '../song/view-switch.tsx';
import { SongMenu } from '../songs/song-menu.tsx';
import { BesideScores } from './beside-scores.tsx';
import { ChoiceStrip } from './choice-strip.tsx';
import { type CompareLayout, picksOf, useCompare } from './compare-state.ts';
import { MarkBar } from './mark-bar.tsx';
import { showBar } from './show-bar.ts';
import { SoundingChoice } from './sounding-choice.tsx';
import { TakeChoice } from './take-choice.tsx';
import { UnderScores } from './under-scores.tsx';
import { useCompSound } from './use-comp-sound.ts';
import { useCompareKeys } from './use-compare-keys.ts';
import { useCompared } from './use-compared.ts';
import { useComparing } from './use-comparing.ts';
import { useRoll } from './use-roll.ts';

const nothing = () => Promise.resolve();

/** Two to four takes together: heard by turns, and put together from the best passages of each. */
export function CompareView({ song, takes, current }: { song: Song; takes: readonly Take[]; current: Take }) {
  const comparing = useComparing(song.id);
  const open = useCompare((state) => state.open);
  const there = comparing.takeIds.flatMap((wanted) => takes.find(({ id }) => id === wanted) ?? []);
  // A passage alone has other bars than the whole song.
  const bars = (take: Take) => JSON.stringify(take.settings.passage ?? null);
  const others = takes.filter((take) => take.id !== current.id && bars(take) === bars(current));
  // Those that were chosen; else the take that sounds and the newest beside it.
  const fallback = others.length === 0 ? [] : [others.at(-1)!.id, current.id].sort(inOrder(takes));
  const short = there.length < 2;
  const wanted = fallback.join();
  useEffect(() => {
    if (short && wanted !== '') open(song.id, wanted.split(','));
    else if (there.length < comparing.takeIds.length)
      open(
        song.id,
        there.map(({ id }) => id),
      );
  });
  if (short) return <NothingToCompare song={song} waiting={wanted !== ''} />;
  return <Comparison song={song} takes={takes} compared={there} current={current} />;
}

function inOrder(takes: readonly Take[]) {
  const number = (id: string) => takes.find((take) => take.id === id)?.number ?? 0;
  return (a: string, b: string) => number(a) - number(b);
}

function NothingToCompare({ song, waiting }: { song: Song; waiting: boolean }) {
  const { t } = useTranslation();
  const { show } = useSongView();
  return (
    <>
      <div className="toolbar">
        <ViewSwitch />
        <span className="toolbar-space" />
        <SongMenu song={song} />
      </div>
      <div className="compare-none">
        {waiting ? null : (
          <>
            <p>{t('compare.none')}</p>
            <Button className="button primary" onPress={() => show('takes')}>
              {t('compare.toTakes')}
            </Button>
          </>
        )}
      </div>
    </>
  );
}

interface ComparisonProps {
  song: Song;
  takes: readonly Take[];
  compared: readonly Take[];
  current: Take;
}

function Comparison({ song, takes, compared, current }: ComparisonProps) {
  const { t } = useTranslation();
  const player = usePlayer();
  const desk = useLibrary((library) => library.takeDesk);
  const selectTake = useLibrary((library) => library.selectTake);
  const comparing = useComparing(song.id);
  const { open, hear, undo, layout, setLayout } = useCompare();
  const found = useCompared(compared);
  const board = useRef<HTMLDivElement>(null);
  const { rolling, roll } = useRoll(song.id, takes);
  const differences = found !== null && 'value' in found ? found.value.differences : [];
  const picks = picksOf(comparing, differences.length);
  const mixed = new Set(picks.map(({ takeId }) => takeId)).size > 1;
  // A take that is not compared gives way to the first that is.
  const sounding = compared.find(({ id }) => id === current.id);
  useEffect(() => {
    if (!sounding) selectTake(song.id, compared[0]!.id);
  }, [sounding, selectTake, song.id, compared]);
  useCompSound(player, picks, comparing.hearComp, current.id);

  const listen = useCallback(
    (takeId: string | null) => {
      hear(song.id, takeId === null);
      if (takeId !== null) selectTake(song.id, takeId);
    },
    [hear, selectTake, song.id],
  );
  const byKey = useCallback(
    (lane: number | null) => listen(lane === null ? null : compared[lane]!.id),
    [listen, compared],
  );
  useCompareKeys(compared.length, byKey);
  const undoChoice = useCallback(async () => undo(song.id), [undo, song.id]);
  useHistoryKeys(undoChoice, nothing);

  const keep = async () => {
    const kept = await desk.comp(song.id, picks);
    if (kept === null) return;
    hear(song.id, false);
    selectTake(song.id, kept.id);
    // A person who has gone on to another view stays there.
    if (useSongView.getState().view === 'compare') useSongView.getState().show('takes');
  };

  return (
    <>
      <div className="toolbar">
        <ViewSwitch />
        <TakeChoice
          takes={takes}
          compared={compared.map(({ id }) => id)}
          onChange={(ids) => open(song.id, ids)}
        />
        <LayoutSwitch layout={layout} onChange={setLayout} />
        <span className="toolbar-space" />
        <Button
          className="icon-button large"
          aria-label={t('compare.undo')}
          aria-keyshortcuts="Control+Z"
          isDisabled={comparing.past.length === 0}
          onPress={() => undo(song.id)}
        >
          <UndoIcon />
        </Button>
        <Button className="button primary" isDisabled={!mixed} onPress={() => void keep()}>
          {t('compare.keep')}
        </Button>
        <SongMenu song={song} />
      </div>
      {found !== null && 'error' in found ? (
        <div className="compare-none">
          <ErrorText error={found.error} />
        </div>
      ) : (
        <div className="compare-board" ref={board}>
          <div className="compare-head">
            <SoundingChoice
              takes={compared}
              sounding={comparing.hearComp ? null : (sounding?.id ?? compared[0]!.id)}
              onChange={listen}
            />
            <ChoiceStrip
              songId={song.id}
              takes={compared}
              differences={differences}
              onShow={(bar) => showBar(board.current, bar)}
            />
          </div>
          {layout === 'under' ? (
            <UnderScores
              songId={song.id}
              takes={compared}
              differences={differences}
              label={t('compare.label', { title: song.title || t('songs.untitled') })}
            />
          ) : (
            <BesideScores songId={song.id} takes={compared} differences={differences} />
          )}
          <MarkBar songId={song.id} takes={compared} player={player} rolling={rolling} onRoll={roll} />
        </div>
      )}
    </>
  );
}

function LayoutSwitch(props: { layout: CompareLayout; onChange: (layout: CompareLayout) => void }) {
  const { t } = useTranslation();
  return (
    <ToggleButtonGroup
      className="view-switch"
      aria-label={t('compare.layout.label')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[props.layout]}
      onSelectionChange={([next]) => props.onChange(next as CompareLayout)}
    >
      <ToggleButton id="under" className="view-option icon-option" aria-label={t('compare.layout.under')}>
        <UnderIcon />
      </ToggleButton>
      <ToggleButton id="beside" className="view-option icon-option" aria-label={t('compare.layout.beside')}>
        <BesideIcon />
      </ToggleButton>
    </ToggleButtonGroup>
  );
}
