import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { PlusIcon } from '../../parts/icons.tsx';
import { useLibrary } from '../../state/use-library.tsx';

export function AddButton() {
  const { t } = useTranslation();
  const adding = useLibrary((library) => library.adding);
  const pickSongs = useLibrary((library) => library.pickSongs);
  return (
    <Button className="button primary" isPending={adding} onPress={() => void pickSongs()}>
      <PlusIcon />
      {adding ? t('songs.adding') : t('songs.add')}
    </Button>
  );
}
