import { type ReactNode, useRef } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Song, Take } from '../../../main/contract/library.ts';
import { isActive, jobToShow } from '../../state/song-jobs.ts';
import { useLibrary } from '../../state/use-library.tsx';
import { ExportMenu } from '../export/export-menu.tsx';
import { PlayerBar } from '../player/player-bar.tsx';
import { PlayerProvider } from '../player/use-player.tsx';
import { percentOf } from '../progress/describe.ts';
import { JobSheet } from '../progress/job-sheet.tsx';
import { SongDesk } from '../song/song-desk.tsx';
import { useSongView } from '../song/view-state.ts';
import { ViewSwitch } from '../song/view-switch.tsx';
import { SongMenu } from '../songs/song-menu.tsx';
import { NewTake } from '../takes/new-take.tsx';
import { nameTake } from '../takes/take-name.ts';
import { ScoreOptionsButton } from './score-options.tsx';
import { TakeSheet } from './take-sheet.tsx';

const noTakes: readonly Take[] = [];

/** A song: its takes, the score of one of them, or the work on the first. */
export function SongView({ song }: { song: Song }) {
  const takes = useLibrary((library) => library.takes[song.id]) ?? noTakes;
  const selected = useLibrary((library) => library.selectedTakes[song.id]);
  const take = takes.find(({ id }) => id === selected) ?? takes.at(-1);
  const { view } = useSongView();
  if (view === 'song') return <SongDesk song={song} takes={takes} />;
  return take === undefined ? (
    <SongWithoutTakes song={song} />
  ) : (
    <PlayerProvider songId={song.id} takeId={take.id}>
      <div className="song-view">
        <SongWithTakes song={song} takes={takes} take={take} />
        <PlayerBar />
      </div>
    </PlayerProvider>
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
              <span className="take-number">{takes.indexOf(each) + 1}</span>
              {nameTake(t, each)}
            </Tab>
          )}
        </TabList>
        <PendingTake song={song} />
        <span className="toolbar-space" />
        <NewTake song={song} takes={takes} />
        <ScoreOptionsButton />
        <ExportMenu takeId={take.id} songId={song.id} />
        <SongMenu song={song} />
      </div>
      <TabPanel className="take-panel" id={take.id}>
        <Desk label={t('score.label', { title: song.title || t('songs.untitled') })}>
          <SheetHeader song={song} />
          <TakeSheet song={song} takeId={take.id} />
        </Desk>
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

/** The desk that a page lies on. It scrolls, also by keyboard. */
function Desk({ label, children }: { label: string; children: ReactNode }) {
  const desk = useRef<HTMLDivElement>(null);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section ref={desk} className="desk" aria-label={label} tabIndex={0}>
      <div className="sheet">{children}</div>
    </section>
  );
}

function SheetHeader({ song }: { song: Song }) {
  const { t } = useTranslation();
  return (
    <header className="sheet-header">
      <h1 className="sheet-title">{song.title || t('songs.untitled')}</h1>
      {song.artist === '' ? null : <p className="sheet-artist">{song.artist}</p>}
    </header>
  );
}
