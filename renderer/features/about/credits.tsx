import { useTranslation } from 'react-i18next';
import { ErrorText } from '../../parts/error-text.tsx';
import { useLibrary } from '../../state/use-library.tsx';
import { useRead } from './use-read.ts';

/** The version, and whose networks hear and whose piano plays. */
export function Credits() {
  const { t } = useTranslation();
  const readCredits = useLibrary((library) => library.readCredits);
  const { value, failure } = useRead(readCredits);
  if (failure !== null) return <ErrorText error={failure} />;
  if (value === null) return <p>{t('about.reading')}</p>;
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
