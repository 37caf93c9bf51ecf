import { useTranslation } from 'react-i18next';
import { ErrorText } from '../../parts/error-text.tsx';
import { useAnswer } from '../../state/use-answer.ts';
import { useLibrary } from '../../state/use-library.tsx';

/** The version, and whose networks hear and whose piano plays. */
export function Credits() {
  const { t } = useTranslation();
  const readCredits = useLibrary((library) => library.readCredits);
  const answer = useAnswer('credits', readCredits);
  if (answer === null) return <p>{t('about.reading')}</p>;
  if ('error' in answer) return <ErrorText error={answer.error} />;
  const { value } = answer;
  return (
    <>
      <p>{t('about.version', { version: value.version })}</p>
      <section className="credits" aria-label={t('about.networks')}>
        <h3 className="credits-title">{t('about.networks')}</h3>
        <ul>
          {value.credits.map(({ name, credit, licence, text }) => (
            <li key={name}>
              <p>{credit}</p>
              <details>
                <summary>{t('about.licence', { licence })}</summary>
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
                <pre className="licence-text" tabIndex={0}>
                  {text}
                </pre>
              </details>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
