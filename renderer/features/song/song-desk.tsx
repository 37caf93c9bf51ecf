import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Song, Take } from '../../../main/contract/library.ts';
import { ErrorText } from '../../parts/error-text.tsx';
import { RedoIcon, UndoIcon } from '../../parts/icons.tsx';
import { isActive, jobToShow } from '../../state/song-jobs.ts';
import { useLibrary } from '../../state/use-library.tsx';
import type { Player } from '../player/player.ts';
import { PlayerBar } from '../player/player-bar.tsx';
import { usePlayer } from '../player/use-player.tsx';
import { JobSheet } from '../progress/job-sheet.tsx';
import { SongMenu } from '../songs/song-menu.tsx';
import { ArrangeAgain } from './arrange-again.tsx';
import { FactsBar } from './facts-bar.tsx';
import { Inspector } from './inspector/inspector.tsx';
import { Overview } from './overview.tsx';
import { usePlayhead } from './player-playhead.ts';
import { TapPanel } from './tap-panel.tsx';
import { Timeline } from './timeline.tsx';
import { barsOf } from './timeline-bars.ts';
import { layOutTimeline } from './timeline-model.ts';
import { firstView, type TimelineView } from './timeline-view.ts';
import { TimelineZoom } from './timeline-zoom.tsx';
import { DeskProvider, useDesk } from './use-desk.tsx';
import { useHistoryKeys } from './use-history-keys.ts';
import { useSize } from './use-size.ts';
import { ViewSwitch } from './view-switch.tsx';

/** What was heard in a song, to be looked at and set right before it is arranged. */
export function SongDesk({ song, takes }: { song: Song; takes: readonly Take[] }) {
  return (
    <DeskProvider songId={song.id} version={takes.length}>
      <div className="song-view song-desk">
        <DeskToolbar song={song} takes={takes} />
        <DeskPage song={song} />
      </div>
    </DeskProvider>
  );
}

function DeskToolbar({ song, takes }: { song: Song; takes: readonly Take[] }) {
  const { t } = useTranslation();
  const corrected = useDesk((desk) => desk.corrected);
  const working = useDesk((desk) => desk.working);
  const undo = useDesk((desk) => desk.undo);
  const redo = useDesk((desk) => desk.redo);
  useHistoryKeys(undo, redo);
  const undoName = corrected?.undo ? t(`song.done.${corrected.undo.kind}`) : null;
  const redoName = corrected?.redo ? t(`song.done.${corrected.redo.kind}`) : null;
  return (
    <div className="toolbar">
      <ViewSwitch />
      <Button
        className="icon-button large"
        aria-label={undoName ? t('song.undoNamed', { what: undoName }) : t('song.undo')}
        aria-keyshortcuts="Control+Z"
        isDisabled={undoName === null}
        data-busy={working}
        onPress={() => void undo()}
      >
        <UndoIcon />
      </Button>
      <Button
        className="icon-button large"
        aria-label={redoName ? t('song.redoNamed', { what: redoName }) : t('song.redo')}
        aria-keyshortcuts="Control+Shift+Z"
        isDisabled={redoName === null}
        data-busy={working}
        onPress={() => void redo()}
      >
        <RedoIcon />
      </Button>
      <span className="desk-note" role="status">
        {working ? t('song.working') : ''}
      </span>
      <span className="toolbar-space" />
      <ArrangeAgain song={song} takes={takes} />
      <SongMenu song={song} />
    </div>
  );
}

function DeskPage({ song }: { song: Song }) {
  const { t } = useTranslation();
  const status = useDesk((desk) => desk.status);
  const failure = useDesk((desk) => desk.failure);
  const jobs = useLibrary((library) => library.jobs);
  const job = jobToShow(jobs, song.id);
  const player = usePlayer();
  if (status === 'ready') return player === null ? null : <OpenDesk song={song} player={player} />;
  return (
    <div className="desk">
      <div className="sheet">
        {status === 'missing' && job !== null && isActive(job) ? (
          <JobSheet job={job} />
        ) : (
          <div className="job-sheet">
            {failure ? (
              <ErrorText error={failure} />
            ) : (
              <p className="error-hint">{status === 'missing' ? t('song.missing') : t('song.reading')}</p>
            )}
          </div>
        )}
      </div>
    </div>
  );
}

function OpenDesk({ song, player }: { song: Song; player: Player }) {
  const corrected = useDesk((desk) => desk.corrected)!;
  const refusal = useDesk((desk) => desk.refusal);
  const { analysis } = corrected;
  const model = useMemo(() => layOutTimeline(analysis), [analysis]);
  const frame = useRef<HTMLDivElement>(null);
  const inspector = useRef<HTMLElement>(null);
  const size = useSize(frame);
  const [view, setView] = useState<TimelineView | null>(null);
  const [tapping, setTapping] = useState(false);
  const playhead = usePlayhead(player);
  // What was set right is counted at once, also where no take was written from it yet.
  useEffect(() => {
    player.setBars(barsOf(model));
    return () => player.setBars(null);
  }, [player, model]);
  const shown = view ?? firstView(size.width, model.duration);

  useEffect(() => {
    if (view === null && size.width > 0) setView(firstView(size.width, model.duration));
  }, [view, size.width, model]);

  const endTapping = useCallback(() => {
    setTapping(false);
    // The panel had the focus; the keys that follow are for what was tapped.
    frame.current?.querySelector<HTMLElement>('.timeline')?.focus();
  }, []);

  function edit(): void {
    inspector.current?.querySelector<HTMLElement>('input, select, button')?.focus();
  }

  return (
    <>
      <FactsBar song={song} model={model} onTap={() => setTapping(true)} />
      <Overview model={model} view={shown} timelineWidth={size.width} onView={setView} />
      <div className="timeline-frame" ref={frame}>
        {size.width > 0 ? (
          <Timeline
            model={model}
            size={size}
            view={shown}
            onView={setView}
            onEdit={edit}
            playhead={playhead}
          />
        ) : null}
        <TimelineZoom view={shown} width={size.width} duration={model.duration} onView={setView} />
      </div>
      {refusal ? (
        <div className="refusal" role="alert">
          <ErrorText error={refusal} />
        </div>
      ) : null}
      <section className="inspector" ref={inspector}>
        {tapping ? (
          <TapPanel playhead={playhead} onEnd={endTapping} />
        ) : (
          <Inspector model={model} playhead={playhead} />
        )}
      </section>
      <PlayerBar />
    </>
  );
}
