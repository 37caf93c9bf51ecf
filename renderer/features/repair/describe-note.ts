import type { TFunction } from 'i18next';
import { pitchName, withSigns } from '../../../main/contract/pitch-names.ts';
import type { ShownNote, TakeMusic } from '../../../main/contract/takes.ts';
import { placeOf } from './repairs.ts';

/** "B♭4, bar 3, beat 2, held for 1 beat, right hand" */
export function describeNote(t: TFunction, music: TakeMusic, note: ShownNote): string {
  const { bar, beat, beats } = placeOf(music, note);
  const hand = note.part === 'lead' ? t('repair.melodyStaff') : t(`repair.hands.${note.hand}`);
  const name = withSigns(pitchName(note.pitch, music.key));
  return t('repair.note', { name, bar, beat, beats, hand });
}
