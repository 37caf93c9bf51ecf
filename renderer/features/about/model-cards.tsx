import { useTranslation } from 'react-i18next';
import arranger from '../../../models/arranger/README.md?raw';
import beats from '../../../models/beats/README.md?raw';
import melody from '../../../models/melody/README.md?raw';

const cards = [
  { id: 'arranger', text: arranger },
  { id: 'beats', text: beats },
  { id: 'melody', text: melody },
] as const;

/** What our own networks were trained on, what they can and cannot do, as measured. */
export function ModelCards() {
  const { t } = useTranslation();
  return (
    <section className="credits" aria-label={t('about.parts.cards')}>
      <p>{t('about.cardsText')}</p>
      <ul>
        {cards.map(({ id, text }) => (
          <li key={id}>
            <details>
              <summary>{t(`about.cards.${id}`)}</summary>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
              <pre className="licence-text" lang="en" tabIndex={0}>
                {text}
              </pre>
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}
