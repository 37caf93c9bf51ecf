import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Song, Take } from '../../../main/contract/library.ts';
import { ChevronIcon } from '../../parts/icons.tsx';
import { useLibrary } from '../../state/use-library.tsx';
import { nameTake } from './take-name.ts';

const none: readonly Take[] = [];

/** Takes that were deleted in the last weeks and can be brought back. */
export function RemovedTakes({ song }: { song: Song }) {
  const { t } = useTranslation();
  const removed = useLibrary((library) => library.removedTakes[song.id]) ?? none;
  const restore = useLibrary((library) => library.takeDesk.restore);
  if (removed.length === 0) return null;
  return (
    <Disclosure className="removed-takes">
      <Heading level={2}>
        <Button slot="trigger" className="button quiet">
          <ChevronIcon />
          {t('takes.removedCount', { count: removed.length })}
        </Button>
      </Heading>
      <DisclosurePanel>
        <ul className="removed-list">
          {removed.map((take) => (
            <li key={take.id}>
              <span className="take-number">{take.number}</span>
              <span>{nameTake(t, take)}</span>
              <Button className="button small" onPress={() => void restore(take)}>
                {t('takes.restore')}
              </Button>
            </li>
          ))}
        </ul>
      </DisclosurePanel>
    </Disclosure>
  );
}
