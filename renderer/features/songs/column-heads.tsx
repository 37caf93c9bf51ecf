import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { ArrowIcon } from '../../parts/list-icons.tsx';
import type { SongOrder } from './list-order.ts';

const columns = [
  'title',
  'artist',
  'duration',
  'tempo',
  'key',
  'state',
] as const satisfies readonly SongOrder[];

/** The table's head: each column orders the songs, and turned round the second time. */
export function ColumnHeads(props: {
  order: SongOrder;
  descending: boolean;
  onOrder: (order: SongOrder) => void;
}) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/useSemanticElements: as the rows below it
    // biome-ignore lint/a11y/useFocusableInteractive: its buttons take the focus
    <div className="column-heads" role="row" aria-rowindex={1}>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
      <div role="columnheader" className="song-column cover" aria-label={t('songs.cover')} />
      {columns.map((column) => {
        const isOrder = props.order === column;
        return (
          // biome-ignore lint/a11y/useSemanticElements: as above
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          <div
            key={column}
            role="columnheader"
            className={`song-column ${column}`}
            aria-sort={isOrder ? (props.descending ? 'descending' : 'ascending') : 'none'}
          >
            <Button className="column-head" onPress={() => props.onOrder(column)}>
              {t(`songs.orders.${column}`)}
              {isOrder ? <ArrowIcon down={!props.descending} /> : null}
            </Button>
          </div>
        );
      })}
    </div>
  );
}
