import { useTranslation } from 'react-i18next';
import { describeItem } from '../describe-item.ts';
import type { Playhead } from '../playhead.ts';
import type { TimelineModel } from '../timeline-model.ts';
import { useDesk } from '../use-desk.tsx';
import { BeatInspector } from './beat-inspector.tsx';
import { ChordInspector } from './chord-inspector.tsx';
import { KeyInspector } from './key-inspector.tsx';
import { NoteInspector } from './note-inspector.tsx';
import { SectionInspector } from './section-inspector.tsx';

/** What can be done with what is chosen on the timeline, in words and buttons. */
export function Inspector({ model, playhead }: { model: TimelineModel; playhead: Playhead }) {
  const { t } = useTranslation();
  const selection = useDesk((desk) => desk.selection);
  const item = selection && model.items[selection.lane][selection.index];
  if (!item) return <p className="inspector-hint">{t('song.hint')}</p>;
  return (
    <>
      <h2 className="inspector-title">{describeItem(t, model, item)}</h2>
      <div className="inspector-fields">
        {item.lane === 'beat' ? <BeatInspector model={model} item={item} /> : null}
        {item.lane === 'chord' ? <ChordInspector model={model} item={item} playhead={playhead} /> : null}
        {item.lane === 'key' ? <KeyInspector model={model} item={item} /> : null}
        {item.lane === 'section' ? <SectionInspector model={model} item={item} /> : null}
        {item.lane === 'note' ? <NoteInspector model={model} item={item} /> : null}
      </div>
    </>
  );
}
