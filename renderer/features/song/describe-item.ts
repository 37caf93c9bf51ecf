import type { TFunction } from 'i18next';
import { type Item, placeOf, type TimelineModel } from './timeline-model.ts';

/** "Bar 12, beat 3". */
export function namePlace(t: TFunction, model: TimelineModel, tick: number): string {
  const { bar, beat } = placeOf(model, tick);
  return t('song.place', { bar, beat: Math.round(100 * beat) / 100 });
}

/** A key in full, "B♭ major". */
export function nameKey(t: TFunction, model: TimelineModel, item: Item): string {
  const { mode } = model.analysis.keys[item.index];
  return t(`song.key.${mode}`, { tonic: item.label });
}

/** What an item is, where it lies and how sure it is, in words. */
export function describeItem(t: TFunction, model: TimelineModel, item: Item): string {
  const trust = item.byHand
    ? t('song.byHand')
    : t('song.sure', { percent: Math.round(100 * item.confidence) });
  const place = namePlace(t, model, item.start);
  return t('song.item', { what: nameItem(t, model, item), place, trust });
}

export function nameItem(t: TFunction, model: TimelineModel, item: Item): string {
  switch (item.lane) {
    case 'section':
      return t('song.lane.sectionNamed', { label: item.label });
    case 'beat':
      return item.label === '1' ? t('song.lane.downbeat') : t('song.lane.beat');
    case 'chord':
      return t('song.lane.chordNamed', { label: item.label });
    case 'key':
      return nameKey(t, model, item);
    case 'note':
      return t('song.lane.noteNamed', { label: item.label });
  }
}
