import {
  Button,
  Checkbox,
  CheckboxGroup,
  Dialog,
  DialogTrigger,
  Group,
  Heading,
  Input,
  Label,
  NumberField,
  Popover,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { pitchClassName, withSigns } from '../../../main/contract/pitch-names.ts';
import { CheckIcon } from '../../parts/icons.tsx';
import { FilterIcon } from '../../parts/list-icons.tsx';
import {
  countFilters,
  keyName,
  noFilter,
  type SongFilter,
  type SongState,
  songStates,
} from './list-order.ts';

/** Around the circle of fifths, as the order by key goes. */
const keys = Array.from({ length: 12 }, (_, i) => (i * 7) % 12).flatMap((tonic) => [
  { tonic, mode: 'major' as const },
  { tonic: (tonic + 9) % 12, mode: 'minor' as const },
]);

/** Beats a minute that can be asked for. */
const TEMPI = { minValue: 10, maxValue: 400 };

/** Chooses which songs the list shows. */
export function FilterButton(props: { filter: SongFilter; onChange: (filter: SongFilter) => void }) {
  const { filter, onChange } = props;
  const { t } = useTranslation();
  const count = countFilters(filter);
  return (
    <DialogTrigger>
      <Button
        className="icon-button large filter-button"
        aria-label={count === 0 ? t('songs.filter') : t('songs.filterSet', { count })}
        data-set={count > 0 || undefined}
      >
        <FilterIcon />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Dialog className="dialog filter-dialog">
          <Heading slot="title" className="dialog-title">
            {t('songs.show')}
          </Heading>
          <CheckboxGroup
            className="filter-states"
            value={[...filter.states]}
            onChange={(states) => onChange({ ...filter, states: states as SongState[] })}
          >
            <Label className="segmented-label">{t('songs.orders.state')}</Label>
            {songStates.map((state) => (
              <Box key={state} value={state} name={t(`songs.states.${state}`)} />
            ))}
          </CheckboxGroup>
          <label className="filter-key">
            <span className="segmented-label">{t('songs.orders.key')}</span>
            <select
              className="select"
              value={filter.key ?? ''}
              onChange={({ target }) => onChange({ ...filter, key: target.value || null })}
            >
              <option value="">{t('songs.anyKey')}</option>
              {keys.map((key) => (
                <option key={keyName(key)} value={keyName(key)}>
                  {t(`song.key.${key.mode}`, { tonic: withSigns(pitchClassName(key.tonic, key)) })}
                </option>
              ))}
            </select>
          </label>
          <Group className="filter-tempo" aria-label={t('songs.orders.tempo')}>
            <Tempo
              label={t('songs.slowest')}
              value={filter.slowest}
              onChange={(slowest) => onChange({ ...filter, slowest })}
            />
            <Tempo
              label={t('songs.fastest')}
              value={filter.fastest}
              onChange={(fastest) => onChange({ ...filter, fastest })}
            />
          </Group>
          <CheckboxGroup
            aria-label={t('songs.edited')}
            value={filter.edited ? ['edited'] : []}
            onChange={(chosen) => onChange({ ...filter, edited: chosen.length > 0 })}
          >
            <Box value="edited" name={t('songs.edited')} />
          </CheckboxGroup>
          {/* Never disabled: a button that is pressed and goes dead takes the focus with it, and Escape then closes nothing. */}
          <Button className="button" onPress={() => onChange(noFilter)}>
            {t('songs.showAll')}
          </Button>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Box({ value, name }: { value: string; name: string }) {
  return (
    <Checkbox value={value} className="export-format">
      <span className="check-box" aria-hidden="true">
        <CheckIcon />
      </span>
      {name}
    </Checkbox>
  );
}

function Tempo(props: { label: string; value: number | null; onChange: (value: number | null) => void }) {
  return (
    <NumberField
      {...TEMPI}
      value={props.value ?? Number.NaN}
      onChange={(value) => props.onChange(Number.isNaN(value) ? null : Math.round(value))}
    >
      <Label className="segmented-label">{props.label}</Label>
      <Input className="text-input" />
    </NumberField>
  );
}
