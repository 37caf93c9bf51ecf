import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useLibrary } from '../../state/use-library.tsx';

/** Tells of recordings that are not where they were, and looks for them. */
export function MissingBar() {
  const { t } = useTranslation();
  const count = useLibrary((library) =>
    library.songs.reduce((sum, { missing }) => sum + (missing ? 1 : 0), 0),
  );
  const findMoved = useLibrary((library) => library.findMoved);
  if (count === 0) return null;
  return (
    <div className="missing-bar" role="status">
      <span>{t('songs.missing', { count })}</span>
      <Button className="button small" onPress={() => void findMoved()}>
        {t('songs.findMoved')}
      </Button>
    </div>
  );
}
