import { useEffect } from 'react';
import { useShell } from '../../state/use-shell.tsx';

/** Puts the theme on the page as `data-scheme`: the system's, as it changes, or the person's. */
export function useTheme(): void {
  const theme = useShell(({ settings }) => settings.theme);
  useEffect(() => {
    const system = matchMedia('(prefers-color-scheme: dark)');
    const apply = () => {
      const dark = theme === 'system' ? system.matches : theme === 'dark';
      document.documentElement.dataset.scheme = dark ? 'dark' : 'light';
    };
    apply();
    system.addEventListener('change', apply);
    return () => system.removeEventListener('change', apply);
  }, [theme]);
}
