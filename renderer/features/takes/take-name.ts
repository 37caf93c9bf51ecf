import type { TFunction } from 'i18next';
import type { Take } from '../../../main/contract/library.ts';
import { defaultSettings } from '../../state/settings.ts';

/** What a person calls the take; else "Full, with melody" and what sets it apart from the plain one. */
export function nameTake(t: TFunction, take: Take): string {
  if (take.name !== null) return take.name;
  if (take.origin?.kind === 'comp') return t('takes.comp');
  const { level, melody, model } = take.settings;
  const name = t('takes.tab', { level: t(`takes.level.${level}`), melody: t(`takes.melodyShort.${melody}`) });
  return model === defaultSettings.model ? name : `${name}, ${t(`takes.modelShort.${model}`)}`;
}
