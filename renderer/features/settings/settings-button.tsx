import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { SettingsIcon } from '../../parts/shell-icons.tsx';
import { useShell } from '../../state/use-shell.tsx';

export function SettingsButton() {
  const { t } = useTranslation();
  const open = useShell((shell) => shell.open);
  return (
    <Button className="icon-button large" aria-label={t('settings.title')} onPress={() => open('settings')}>
      <SettingsIcon />
    </Button>
  );
}
