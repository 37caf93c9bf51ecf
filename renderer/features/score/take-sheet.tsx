import { useTranslation } from 'react-i18next';
import type { Song, Take } from '../../../main/contract/library.ts';
import { ErrorText } from '../../parts/error-text.tsx';
import { useLibrary } from '../../state/use-library.tsx';
import { ScoreCursor } from '../player/score-cursor.tsx';
import { RepairLayer } from '../repair/repair-layer.tsx';
import { useRepair } from '../repair/repair-state.ts';
import type { Engraved } from './engrave.ts';
import { EngravedScore } from './engraved-score.tsx';
import { useScore } from './use-score.ts';

/** A take on paper. */
export function TakeSheet(props: {
  song: Song;
  take: Take;
  zoom: number;
  /** See `EngravedScore`. */
  onEngraved?: (engraved: Engraved | null) => void;
}) {
  const { song, take, zoom, onEngraved } = props;
  const { t } = useTranslation();
  const score = useScore(take.id, take.revision);
  // Where passages are written once and played twice, a bar has more than one time.
  const repeats = useLibrary((library) => library.scoreOptions.repeats);
  const mending = useRepair((state) => state.on);
  const title = song.title || t('songs.untitled');
  if (score.state === 'failed') return <ErrorText error={score.error} />;
  if (score.state === 'opening') return <p className="engraving">{t('score.opening')}</p>;
  return (
    <EngravedScore
      key={score.takeId}
      musicxml={score.musicxml}
      label={t('score.label', { title })}
      zoom={zoom}
      {...(onEngraved ? { onEngraved } : {})}
      {...(repeats
        ? {}
        : {
            over: ({ places, readNotes }) => (
              <>
                <ScoreCursor places={places} />
                {mending ? <RepairLayer take={take} readNotes={readNotes} /> : null}
              </>
            ),
          })}
    />
  );
}
