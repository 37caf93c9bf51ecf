import { useEffect } from 'react';
import { Button, I18nProvider } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { AboutButton } from './features/about/about.tsx';
import { ExportDialog } from './features/export/export-dialog.tsx';
import { ExportPanel } from './features/export/export-panel.tsx';
import { Notices } from './features/notices/notices.tsx';
import { QueueButton } from './features/queue/queue-button.tsx';
import { QueueView } from './features/queue/queue-view.tsx';
import { SongView } from './features/score/song-view.tsx';
import { SettingsButton } from './features/settings/settings-button.tsx';
import { CrashScreen } from './features/shell/crash-screen.tsx';
import { ShellLayer } from './features/shell/shell-layer.tsx';
import { useLanguage } from './features/shell/use-language.ts';
import { useTheme } from './features/shell/use-theme.ts';
import { AddButton } from './features/songs/add-button.tsx';
import { EmptyLibrary } from './features/songs/empty-library.tsx';
import { useListState } from './features/songs/list-state.ts';
import { SongList } from './features/songs/song-list.tsx';
import { useFileDrop } from './features/songs/use-file-drop.ts';
import { WideButton } from './features/songs/wide-button.tsx';
import { ErrorText } from './parts/error-text.tsx';
import { LeafNote } from './parts/icons.tsx';
import { useLibrary } from './state/use-library.tsx';
import { useShell } from './state/use-shell.tsx';

export function App() {
  const language = useLanguage();
  useTheme();
  return (
    <I18nProvider locale={language}>
      <CrashScreen>
        <Window />
      </CrashScreen>
    </I18nProvider>
  );
}

function Window() {
  const { t } = useTranslation();
  const status = useLibrary((library) => library.status);
  const connected = useLibrary((library) => library.connected);
  const importDropped = useLibrary((library) => library.importDropped);
  const hovering = useFileDrop(importDropped);
  useEffect(() => {
    // After the next picture.
    if (status === 'ready') requestAnimationFrame(() => setTimeout(() => performance.mark('interactive')));
  }, [status]);
  return (
    <div className="app">
      {status === 'ready' ? <Shelf /> : <Opening />}
      {connected ? null : (
        <p className="offline" role="status">
          {t('app.offline')}
        </p>
      )}
      <div className="messages">
        <ExportPanel />
        <Notices />
      </div>
      <ExportDialog />
      <ShellLayer />
      {hovering ? (
        <div className="drop-veil" aria-hidden="true">
          <span>{t('songs.dropHere')}</span>
        </div>
      ) : null}
    </div>
  );
}

/** Songs on the left, the chosen one on the right. */
function Shelf() {
  const { t } = useTranslation();
  const songs = useLibrary((library) => library.songs);
  const selected = useLibrary((library) => library.selectedSong);
  const place = useShell((shell) => shell.place);
  const wide = useListState((list) => list.wide);
  const song = songs.find(({ id }) => id === selected);
  if (song === undefined) return <EmptyLibrary />;
  return (
    <>
      <aside className="sidebar" data-wide={wide || undefined}>
        <div className="brand">
          <LeafNote />
          <span>{t('app.name')}</span>
          <span className="toolbar-space" />
          <WideButton />
          <SettingsButton />
        </div>
        <SongList />
        <div className="sidebar-foot">
          <AddButton />
          <QueueButton />
          <AboutButton />
        </div>
      </aside>
      <main className="main" hidden={wide}>
        {place === 'queue' ? <QueueView /> : <SongView key={song.id} song={song} />}
      </main>
    </>
  );
}

function Opening() {
  const { t } = useTranslation();
  const failure = useLibrary((library) => library.failure);
  const load = useLibrary((library) => library.load);
  if (failure === null) return <p className="opening">{t('app.loading')}</p>;
  return (
    <main className="opening" role="alert">
      <h1 className="empty-title">{t('app.failed')}</h1>
      <ErrorText error={failure} />
      <Button className="button" onPress={() => void load()}>
        {t('app.reload')}
      </Button>
    </main>
  );
}
