import { useTranslation } from 'react-i18next';
import type { Take } from '../../../main/contract/library.ts';
import { ErrorText } from '../../parts/error-text.tsx';
import { type Answer, useAnswer } from '../../state/use-answer.ts';
import { useLibrary } from '../../state/use-library.tsx';
import { DrawnScore } from './compared-score.tsx';
import type { ComparedScore } from './engrave-compared.ts';
import { LaneOverlay } from './lane-overlay.tsx';

interface ScoresProps {
  songId: string;
  takes: readonly Take[];
  differences: readonly number[];
  label: string;
}

/** Takes one under the other, bar over bar. */
export function UnderScores({ songId, takes, differences, label }: ScoresProps) {
  const score = useScoreTogether(takes);
  if (score !== null && 'error' in score) return <ErrorText error={score.error} />;
  return (
    <section
      className="desk compare-desk"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
      tabIndex={0}
    >
      <div className="sheet compare-sheet">
        {score === null ? (
          <Opening />
        ) : (
          <DrawnScore
            score={score.value}
            label={label}
            over={(drawn) => (
              <LaneOverlay songId={songId} drawn={drawn} takes={takes} differences={differences} />
            )}
          />
        )}
      </div>
    </section>
  );
}

export function Opening() {
  const { t } = useTranslation();
  return <p className="engraving">{t('score.opening')}</p>;
}

/** The takes as one score, in the key in which they are played; null while it is engraved, for a score of other takes has no lanes for these. */
export function useScoreTogether(takes: readonly Take[]): Answer<ComparedScore> | null {
  const scoreTogether = useLibrary((library) => library.takeDesk.scoreTogether);
  const transpose = useLibrary((library) => library.scoreOptions.transpose);
  const key = takes.map(({ id, revision, number }) => `${id} ${revision} ${number}`).join();
  return useAnswer(`${key} ${transpose}`, () =>
    scoreTogether(
      takes.map(({ id, number }) => ({ takeId: id, name: String(number) })),
      transpose,
    ),
  );
}
