import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { type ShellWords, shellWordNames } from '../../../main/shell/shell-words.ts';
import { chooseLanguage, i18n } from '../../i18n/i18n.ts';
import { useShell } from '../../state/use-shell.tsx';
import { useTransport } from '../../state/use-transport.tsx';

/** Shows the window, and what surrounds it, in the person's language. @returns its tag */
export function useLanguage(): string {
  const { t } = useTranslation();
  const { shell } = useTransport();
  const setting = useShell(({ settings }) => settings.language);
  const language = chooseLanguage(setting, navigator.languages);
  useEffect(() => {
    void i18n.changeLanguage(language);
    document.documentElement.lang = language;
  }, [language]);
  useEffect(() => {
    shell.tellWords(
      Object.fromEntries(shellWordNames.map((name) => [name, t(`shell.${name}`)])) as ShellWords,
    );
  }, [t, shell]);
  return language;
}
