import type { TFunction } from 'i18next';
import type { NoticeContent } from '../../state/library-state.ts';

/** What has become of work that took a while: the news first, and what else there is to say. */
export function describeFinished(
  t: TFunction,
  { songIds, failed }: Omit<Extract<NoticeContent, { kind: 'finished' }>, 'kind'>,
  titleOf: (songId: string) => string,
): { news: string; rest: string | null } {
  const failure = failed > 0 ? t('queue.someFailed', { count: failed }) : null;
  const [first] = songIds;
  if (first === undefined) return { news: failure ?? '', rest: null };
  const news =
    songIds.length === 1
      ? t('queue.ready', { title: titleOf(first) })
      : t('queue.readyMany', { count: songIds.length });
  return { news, rest: failure };
}
