import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { songIn } from '../../state/song-index.ts';
import { useLibraryStore } from '../../state/use-library.tsx';
import { useShellStore } from '../../state/use-shell.tsx';
import { useTransport } from '../../state/use-transport.tsx';
import { describeFinished } from './describe-finished.ts';
import { WorkWatch } from './work-watch.ts';

/** Shows how far the work is outside the page, and tells when a long piece of it has ended. */
export function useWorkWatch(): void {
  const { t } = useTranslation();
  const library = useLibraryStore();
  const shell = useShellStore();
  const transport = useTransport();
  useEffect(() => {
    const watch = new WorkWatch();
    let shown: string | null = null;

    async function tell(songIds: readonly string[], failed: number): Promise<void> {
      const { songs, tell: tellInPage } = library.getState();
      const titleOf = (id: string) => songIn(songs, id)?.title || t('songs.untitled');
      const { news, rest } = describeFinished(t, { songIds, failed }, (id) => titleOf(id).slice(0, 80));
      const told =
        shell.getState().settings.notify &&
        (await transport.shell
          .notify({ title: news, body: rest ?? t('queue.readyText') })
          .catch(() => false));
      if (!told) tellInPage({ kind: 'finished', songIds, failed });
    }

    function hear(): void {
      const { jobs } = library.getState();
      const finished = watch.hear(jobs);
      const { paused } = shell.getState();
      const { fraction } = watch;
      const work = `${fraction === null ? '' : Math.round(fraction * 100)} ${paused}`;
      if (work !== shown) transport.shell.showWork({ fraction, paused });
      shown = work;
      if (finished?.isLong && finished.songIds.length + finished.failed > 0) {
        void tell(finished.songIds, finished.failed);
      }
    }

    hear();
    const stops = [
      library.subscribe(({ jobs }, before) => jobs !== before.jobs && hear()),
      shell.subscribe(({ paused }, before) => paused !== before.paused && hear()),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [t, library, shell, transport]);
}
