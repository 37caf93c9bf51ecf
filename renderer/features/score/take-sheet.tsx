import { useTranslation } from 'react-i18next';
import type { Song } from '../../../main/contract/library.ts';
import { ErrorText } from '../../parts/error-text.tsx';
import { useLibrary } from '../../state/use-library.tsx';
import { ScoreCursor } from '../player/score-cursor.tsx';
import { EngravedScore } from './engraved-score.tsx';
import { useScore } from './use-score.ts';

/** A take on paper. */
export function TakeSheet({ song, takeId }: { song: Song; takeId: string }) {
  const { t } = useTranslation();
  const score = useScore(takeId);
  // Where passages are written once and played twice, a bar has more than one time.
  const repeats = useLibrary((library) => library.scoreOptions.repeats);
  const title = song.title || t('songs.untitled');
  if (score.state === 'failed') return <ErrorText error={score.error} />;
  if (score.state === 'opening') return <p className="engraving">{t('score.opening')}</p>;
  return (
    <EngravedScore
      key={score.takeId}
      musicxml={score.musicxml}
      label={t('score.label', { title })}
      {...(repeats ? {} : { over: (places) => <ScoreCursor places={places} /> })}
    />
  );
}
