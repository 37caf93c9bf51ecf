import {
  Button,
  ComboBox,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { tickAt } from '../../../../main/contract/beat-time.ts';
import {
  type NamedChord,
  readChord,
  suggestChords,
  writeChord,
} from '../../../../main/contract/chord-text.ts';
import { TICKS_PER_BEAT } from '../../../../main/contract/grid.ts';
import { withSigns } from '../../../../main/contract/pitch-names.ts';
import { ChevronIcon } from '../../../parts/icons.tsx';
import type { Playhead } from '../playhead.ts';
import { move } from '../timeline-keys.ts';
import { type Item, keyAt, type TimelineModel } from '../timeline-model.ts';
import { useDesk } from '../use-desk.tsx';
import { CorrectButton } from './correct-button.tsx';
import { useStateOf } from './use-state-of.ts';

/** Chords offered at once. */
const MOST = 12;
const STEP = TICKS_PER_BEAT / 2;

export function ChordInspector(props: { model: TimelineModel; item: Item; playhead: Playhead }) {
  const { model, item, playhead } = props;
  const { t } = useTranslation();
  const correct = useDesk((desk) => desk.correct);
  const chord = model.analysis.chords[item.index];
  const key = keyAt(model.analysis, item.start);
  const subject = `${item.start} ${item.label}`;
  const [text, setText] = useStateOf(subject, item.label);
  const [wrong, setWrong] = useStateOf(subject, false);
  const likely = chord.alternatives ?? [];
  // What stands there is no beginning of something else: all suggestions are offered until something is typed.
  const offered = suggestChords(text === item.label ? '' : text, key, likely).slice(0, MOST);
  const nameOf = (each: NamedChord) => withSigns(writeChord(each, key));
  const names = offered.map((each) => ({ id: nameOf(each) }));

  function set(named: NamedChord): void {
    const { root, quality, bass } = named;
    void correct({ kind: 'chord', start: chord.start, duration: chord.duration, root, quality, bass });
  }

  function take(typed: string): void {
    const named = readChord(typed);
    setWrong(named === null);
    if (named !== null && nameOf(named) !== item.label) set(named);
  }

  // The place at which the recording stands, if inside the chord: there another one may begin.
  const at =
    playhead.seconds === null ? 0 : Math.round(tickAt(model.analysis.beats, playhead.seconds) / STEP) * STEP;
  const middle = Math.round((item.start + item.end) / 2 / STEP) * STEP;
  const cut = at > item.start && at < item.end ? at : middle;
  const canCut = cut > item.start && cut < item.end;
  return (
    <>
      <ComboBox
        // It remembers what was chosen last, of another chord too.
        key={subject}
        className="chord-box"
        inputValue={text}
        onInputChange={(value) => {
          setText(value);
          setWrong(false);
        }}
        items={names}
        allowsCustomValue
        allowsEmptyCollection
        menuTrigger="focus"
        isInvalid={wrong}
        onChange={(id) => {
          if (id === null) return;
          setText(String(id));
          take(String(id));
        }}
      >
        <Label className="field-label">{t('song.chord.label')}</Label>
        <div className="chord-field">
          <Input
            className="text-input"
            spellCheck={false}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && readChord(text) !== null) take(text);
              else if (event.key === 'Enter') setWrong(true);
            }}
          />
          <Button className="icon-button">
            <ChevronIcon />
          </Button>
        </div>
        <FieldError className="field-error">{t('song.chord.unknown')}</FieldError>
        <Popover className="popover">
          <ListBox className="menu choice-list">
            {({ id }: { id: string }) => (
              <ListBoxItem id={id} className="menu-item" textValue={id}>
                {id}
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
      {likely.slice(0, 3).map((each) => (
        <Button
          key={nameOf(each)}
          className="button small"
          onPress={() => set(each)}
          aria-label={t('song.chord.alternative', {
            name: nameOf(each),
            percent: Math.round(100 * each.probability),
          })}
        >
          {nameOf(each)}
          <span className="soft">{Math.round(100 * each.probability)} %</span>
        </Button>
      ))}
      <span className="field-group">
        <CorrectButton
          correction={item.index > 0 ? move(model, item, 'ArrowLeft') : null}
          label={t('song.chord.earlier')}
        >
          ‹
        </CorrectButton>
        <CorrectButton
          correction={item.index > 0 ? move(model, item, 'ArrowRight') : null}
          label={t('song.chord.later')}
        >
          ›
        </CorrectButton>
      </span>
      <CorrectButton
        correction={
          canCut
            ? {
                kind: 'chord',
                start: cut,
                duration: item.end - cut,
                root: chord.root,
                quality: chord.quality,
                bass: chord.bass,
              }
            : null
        }
      >
        {t('song.chord.cut')}
      </CorrectButton>
    </>
  );
}
