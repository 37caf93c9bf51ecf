import { type CSSProperties, type ReactNode, useCallback, useRef, useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Song, Take } from '../../../main/contract/library.ts';
import { isActive, jobToShow } from '../../state/song-jobs.ts';
import { useLibrary } from '../../state/use-library.tsx';
import { CompareView } from '../compare/compare-view.tsx';
import { ExportMenu } from '../export/export-menu.tsx';
import { PlayerBar } from '../player/player-bar.tsx';
import { PlayerProvider } from '../player/use-player.tsx';
import { percentOf } from '../progress/describe.ts';
import { JobSheet } from '../progress/job-sheet.tsx';
import { MendButton } from '../repair/mend-button.tsx';
import { RepairBar } from '../repair/repair-bar.tsx';
import { useRepair } from '../repair/repair-state.ts';
import { SongDesk } from '../song/song-desk.tsx';
import { useSongView } from '../song/view-state.ts';
import { ViewSwitch } from '../song/view-switch.tsx';
import { SongMenu } from '../songs/song-menu.tsx';
import { NewTake } from '../takes/new-take.tsx';
import { nameTake } from '../takes/take-name.ts';
import { TakesView } from '../takes/takes-view.tsx';
import { MusicStand } from './music-stand.tsx';
import { PagedScore } from './paged-score.tsx';
import { ScoreOptionsButton } from './score-options.tsx';
import { SheetHeader } from './sheet-header.tsx';
import { TakeSheet } from './take-sheet.tsx';
import { useViewKeys } from './use-view-keys.ts';
import { ScoreViewButton } from './view-button.tsx';
import { useScoreView } from './view-settings.ts';

const noTakes: readonly Take[] = [];

/** A song: its takes, the score of one of them, or the work on the first. */
export function SongView({ song }: { song: Song }) {
  const known = useLibrary((library) => library.takes[song.id]);
  const takes = known ?? noTakes;
  const selected = useLibrary((library) => library.selectedTakes[song.id]);
  const take = takes.find(({ id }) => id === selected) ?? takes.at(-1);
  const { view } = useSongView();
  return (
    <PlayerProvider songId={song.id} takeId={take?.id ?? null} revision={take?.revision ?? 0}>
      {view === 'song' ? (
        <SongDesk song={song} takes={takes} />
      ) : known === undefined && song.takes > 0 ? (
        <SongBeingRead song={song} />
      ) : view === 'takes' && (take !== undefined || song.analysed) ? (
        <div className="song-view">
          <TakesView song={song} takes={takes} current={take ?? null} />
          <PlayerBar />
        </div>
      ) : view === 'compare' && take !== undefined ? (
        <div className="song-view">
          <CompareView song={song} takes={takes} current={take} />
          <PlayerBar />
        </div>
      ) : take === undefined ? (
        <SongWithoutTakes song={song} />
      ) : (
        <div className="song-view">
          <SongWithTakes song={song} takes={takes} take={take} />
          <PlayerBar />
        </div>
      )}
    </PlayerProvider>
  );
}

/** A song whose takes are on their way. */
function SongBeingRead({ song }: { song: Song }) {
  const { t } = useTranslation();
  return (
    <div className="song-view">
      <div className="toolbar">
        <ViewSwitch />
        <span className="toolbar-space" />
        <SongMenu song={song} />
      </div>
      <Desk label={t('score.label', { title: song.title || t('songs.untitled') })}>
        <SheetHeader song={song} />
        <p className="engraving">{t('score.opening')}</p>
      </Desk>
    </div>
  );
}

function SongWithoutTakes({ song }: { song: Song }) {
  const { t } = useTranslation();
  const jobs = useLibrary((library) => library.jobs);
  const job = jobToShow(jobs, song.id);
  return (
    <div className="song-view">
      <div className="toolbar">
        <ViewSwitch />
        <span className="toolbar-space" />
        <NewTake song={song} takes={noTakes} />
        <SongMenu song={song} />
      </div>
      <Desk label={t('score.label', { title: song.title || t('songs.untitled') })}>
        <SheetHeader song={song} />
        {job === null ? (
          <div className="job-sheet">
            <p className="error-message">{t('takes.none')}</p>
            <p className="error-hint">{t('takes.noneText')}</p>
          </div>
        ) : (
          <JobSheet job={job} />
        )}
      </Desk>
    </div>
  );
}

function SongWithTakes({ song, takes, take }: { song: Song; takes: readonly Take[]; take: Take }) {
  const { t } = useTranslation();
  const selectTake = useLibrary((library) => library.selectTake);
  const mending = useRepair((state) => state.on);
  const [standing, setStanding] = useState(false);
  const leaveStand = useCallback(() => setStanding(false), []);
  useViewKeys(standing, setStanding);
  return (
    <Tabs
      className="song-view"
      selectedKey={take.id}
      onSelectionChange={(key) => selectTake(song.id, String(key))}
    >
      <div className="toolbar">
        <ViewSwitch />
        <TabList className="take-list" aria-label={t('takes.list')} items={takes}>
          {(each) => (
            <Tab className="take" id={each.id}>
              <span className="take-number">{each.number}</span>
              <span className="take-title">{nameTake(t, each)}</span>
            </Tab>
          )}
        </TabList>
        <PendingTake song={song} />
        <span className="toolbar-space" />
        <NewTake song={song} takes={takes} />
        <MendButton />
        <ScoreOptionsButton />
        <ScoreViewButton onStand={() => setStanding(true)} />
        <ExportMenu takeId={take.id} songId={song.id} />
        <SongMenu song={song} />
      </div>
      <TabPanel className="take-panel" id={take.id}>
        {standing ? (
          // One score is drawn at a time: the stand lies over the desk.
          <MusicStand song={song} take={take} onClose={leaveStand} />
        ) : (
          <ScoreDesk song={song} take={take} />
        )}
        {mending && !standing ? <RepairBar take={take} /> : null}
      </TabPanel>
    </Tabs>
  );
}

/** The take that is being written, beside those that are there. */
function PendingTake({ song }: { song: Song }) {
  const { t } = useTranslation();
  const jobs = useLibrary((library) => library.jobs);
  const job = jobToShow(jobs, song.id);
  if (job === null || !isActive(job)) return null;
  const text =
    job.state === 'queued' ? t('takes.pendingQueued') : t('takes.pending', { percent: percentOf(job) });
  return <span className="take pending">{text}</span>;
}

/** The score on the desk, as one sheet or page by page. */
function ScoreDesk({ song, take }: { song: Song; take: Take }) {
  const { t } = useTranslation();
  const { layout, zoom, darkPaper } = useScoreView();
  const look = { paper: darkPaper ? 'dark' : 'light', zoom } as const;
  const label = t('score.label', { title: song.title || t('songs.untitled') });
  if (layout === 'continuous') {
    return (
      <Desk label={label} {...look}>
        <SheetHeader song={song} />
        <TakeSheet song={song} take={take} zoom={zoom} />
      </Desk>
    );
  }
  return (
    <Desk label={label} {...look} paged>
      <PagedScore stand={false} header={<SheetHeader song={song} />}>
        {(onEngraved) => <TakeSheet song={song} take={take} zoom={zoom} onEngraved={onEngraved} />}
      </PagedScore>
    </Desk>
  );
}

/** The desk that a page lies on. It scrolls, also by keyboard. */
function Desk(props: {
  label: string;
  paper?: 'light' | 'dark';
  zoom?: number;
  paged?: boolean;
  children: ReactNode;
}) {
  const { label, paper = 'light', zoom = 1, paged = false, children } = props;
  const desk = useRef<HTMLDivElement>(null);
  return (
    <section
      ref={desk}
      className="desk"
      aria-label={label}
      data-paper={paper}
      data-paged={paged}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
      tabIndex={0}
    >
      <div className="sheet" style={{ '--sheet-zoom': Math.max(1, zoom) } as CSSProperties}>
        {children}
      </div>
    </section>
  );
}
