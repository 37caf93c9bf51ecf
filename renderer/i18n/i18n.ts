import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Language, languages, type Settings } from '../../main/contract/settings.ts';
import de from './de.json' with { type: 'json' };
import en from './en.json' with { type: 'json' };
import es from './es.json' with { type: 'json' };

export const i18n = createInstance();

void i18n.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: { translation: en }, de: { translation: de }, es: { translation: es } },
  // React escapes what it shows.
  interpolation: { escapeValue: false },
  initAsync: false,
});

/** What each language calls itself, which is how a person finds theirs. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
};

/** The language to show. @param wanted the person's languages, best first, as BCP 47 tags */
export function chooseLanguage(setting: Settings['language'], wanted: readonly string[]): Language {
  if (setting !== 'system') return setting;
  for (const tag of wanted) {
    const known = languages.find((language) => tag.toLowerCase().split('-')[0] === language);
    if (known !== undefined) return known;
  }
  return 'en';
}
