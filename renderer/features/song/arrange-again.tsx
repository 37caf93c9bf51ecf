import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Song, Take } from '../../../main/contract/library.ts';
import { isActive, jobToShow } from '../../state/song-jobs.ts';
import { useLibrary } from '../../state/use-library.tsx';
import { useFirstTake } from '../../state/use-shell.tsx';
import { percentOf } from '../progress/describe.ts';

/** Writes the song anew from what is on the timeline now, with the settings of its newest take. */
export function ArrangeAgain({ song, takes }: { song: Song; takes: readonly Take[] }) {
  const { t } = useTranslation();
  const arrange = useLibrary((library) => library.arrange);
  const first = useFirstTake();
  const isKnown = useLibrary((library) => library.takes[song.id] !== undefined);
  const jobs = useLibrary((library) => library.jobs);
  const job = jobToShow(jobs, song.id);
  const isWriting = job !== null && isActive(job);
  const settings = takes.at(-1)?.settings ?? first;
  return (
    <Button
      className="button primary"
      isPending={isWriting}
      // Until its takes have been read, nobody knows how the newest is.
      isDisabled={song.takes > 0 && !isKnown}
      onPress={() => void arrange(song.id, settings)}
    >
      {isWriting
        ? t('takes.pending', { percent: percentOf(job) })
        : t(takes.length === 0 ? 'song.arrangeFirst' : 'song.arrange')}
    </Button>
  );
}
