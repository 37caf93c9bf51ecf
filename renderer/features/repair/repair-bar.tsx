import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Take } from '../../../main/contract/library.ts';
import { CrossIcon, RedoIcon, UndoIcon } from '../../parts/icons.tsx';
import { useHistoryKeys } from '../song/use-history-keys.ts';
import { describeNote } from './describe-note.ts';
import { isNamed } from './match-notes.ts';
import { chosenNote, useRepair } from './repair-state.ts';
import { editOf, gestures } from './repairs.ts';
import { useRepairs } from './use-repairs.ts';

/** Below the score: the chosen note and what can be done with it. */
export function RepairBar({ take }: { take: Take }) {
  const { t } = useTranslation();
  const selected = useRepair((state) => chosenNote(state, take.id));
  const toggle = useRepair((state) => state.toggle);
  const { music, mend, undo, redo } = useRepairs(take);
  useHistoryKeys(undo, redo);
  const note = music?.notes.find((each) => isNamed(each, selected)) ?? null;
  return (
    <section className="mark-bar repair-bar" aria-label={t('repair.bar')}>
      <span className="mark-words">{music && note ? describeNote(t, music, note) : t('repair.hint')}</span>
      {music && note
        ? gestures.map((gesture) => (
            <Button
              key={gesture}
              className="button small"
              isDisabled={editOf(music, note, gesture) === null}
              onPress={() => mend(gesture)}
            >
              {t(`repair.gestures.${gesture}`)}
            </Button>
          ))
        : null}
      <span className="toolbar-space" />
      {music && music.beyondHands > 0 ? (
        <span className="take-warning">{t('takes.figures.beyond', { count: music.beyondHands })}</span>
      ) : null}
      <Button
        className="icon-button large"
        aria-label={t('repair.undo')}
        aria-keyshortcuts="Control+Z"
        isDisabled={!music?.undo}
        onPress={undo}
      >
        <UndoIcon />
      </Button>
      <Button
        className="icon-button large"
        aria-label={t('repair.redo')}
        aria-keyshortcuts="Control+Shift+Z"
        isDisabled={!music?.redo}
        onPress={redo}
      >
        <RedoIcon />
      </Button>
      <Button className="icon-button large" aria-label={t('repair.end')} onPress={() => toggle(false)}>
        <CrossIcon />
      </Button>
    </section>
  );
}
