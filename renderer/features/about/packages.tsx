import { useTranslation } from 'react-i18next';
import * as z from 'zod';
import { ErrorText } from '../../parts/error-text.tsx';
import { useAnswer } from '../../state/use-answer.ts';

const packagesSchema = z.array(
  z.object({ name: z.string(), version: z.string(), licence: z.string(), text: z.string() }),
);

/** Made by the build (`tools/licences.mjs`). */
async function readPackages() {
  const response = await fetch('./licences.json');
  return packagesSchema.parse(await response.json());
}

/** The programs of others that Songleaf stands on, with their terms. */
export function Packages() {
  const { t } = useTranslation();
  const answer = useAnswer('packages', readPackages);
  if (answer === null) return <p>{t('about.reading')}</p>;
  if ('error' in answer) return <ErrorText error={answer.error} />;
  const { value } = answer;
  return (
    <section className="credits" aria-label={t('about.parts.packages')}>
      <p>{t('about.packagesText', { count: value.length })}</p>
      <ul className="package-list">
        {value.map(({ name, version, licence, text }) => (
          <li key={`${name} ${version}`}>
            <details>
              <summary>{t('about.package', { name, version, licence })}</summary>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
              <pre className="licence-text" lang="en" tabIndex={0}>
                {text === '' ? licence : text}
              </pre>
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}
