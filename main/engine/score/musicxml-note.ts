import type { ChordEvent, RestEvent, ScoreEvent, TupletMember, Voice, WrittenNote } from './score.ts';
import { type Element, el } from './xml.ts';

// Elements that many notes share.
const inChord = el('chord');
const dot = el('dot');
const tieStop = el('tie', [], { type: 'stop' });
const tieStart = el('tie', [], { type: 'start' });
const tiedStop = el('tied', [], { type: 'stop' });
const tiedStart = el('tied', [], { type: 'start' });

/** A chord as one `note` for each of its notes, a rest as one, a gap as a `forward`. */
export function writeEvent(event: ScoreEvent, voice: Voice, staves: number): Element[] {
  const staff = staves > 1 ? el('staff', voice.staff) : null;
  if (event.kind === 'gap') {
    return [el('forward', [el('duration', event.duration), el('voice', voice.number), staff])];
  }
  if (event.kind === 'rest') return [writeRest(event, voice, staff)];
  return event.notes.map((note, at) => writeNote(note, at === 0, event, voice, staff));
}

function writeRest(rest: RestEvent, voice: Voice, staff: Element | null): Element {
  return el('note', [
    rest.wholeMeasure ? el('rest', [], { measure: 'yes' }) : el('rest'),
    el('duration', rest.duration),
    el('voice', voice.number),
    ...(rest.wholeMeasure ? [] : writeValue(rest)),
    rest.tuplet && writeTimeModification(rest.tuplet),
    staff,
    writeNotations(rest, null, true),
  ]);
}

function writeNote(
  note: WrittenNote,
  isFirst: boolean,
  chord: ChordEvent,
  voice: Voice,
  staff: Element | null,
): Element {
  return el('note', [
    isFirst ? null : inChord,
    el('pitch', [
      el('step', note.step),
      note.alter === 0 ? null : el('alter', note.alter),
      el('octave', note.octave),
    ]),
    el('duration', chord.duration),
    note.tieStop ? tieStop : null,
    note.tieStart ? tieStart : null,
    el('voice', voice.number),
    ...writeValue(chord),
    note.accidental && el('accidental', note.accidental, note.courtesy ? { cautionary: 'yes' } : {}),
    chord.tuplet && writeTimeModification(chord.tuplet),
    chord.stem && el('stem', chord.stem),
    staff,
    // Beams and tuplets belong to the chord: its first note carries them.
    ...(isFirst ? chord.beams.map((state, level) => el('beam', state, { number: level + 1 })) : []),
    writeNotations(chord, note, isFirst),
  ]);
}

function writeValue({ type, dots }: ChordEvent | RestEvent): Element[] {
  const value = el('type', type);
  return dots === 0 ? [value] : [value, ...new Array<Element>(dots).fill(dot)];
}

function writeTimeModification({ normalType }: TupletMember): Element {
  return el('time-modification', [
    el('actual-notes', 3),
    el('normal-notes', 2),
    el('normal-type', normalType),
  ]);
}

/** @param isFirst what belongs to the chord as a whole, its first note carries */
function writeNotations(
  event: ChordEvent | RestEvent,
  note: WrittenNote | null,
  isFirst: boolean,
): Element | null {
  const { tuplet, fermata } = event;
  const notations: Element[] = [];
  if (note?.tieStop) notations.push(tiedStop);
  if (note?.tieStart) notations.push(tiedStart);
  if (isFirst && tuplet?.edge) notations.push(writeTuplet(tuplet.edge, tuplet.bracket));
  if (note?.finger) notations.push(el('technical', [el('fingering', note.finger)]));
  if (isFirst && fermata) notations.push(el('fermata', [], { type: 'upright' }));
  if (event.kind === 'chord' && event.arpeggio) notations.push(el('arpeggiate'));
  return notations.length > 0 ? el('notations', notations) : null;
}

function writeTuplet(type: 'start' | 'stop', bracket: boolean): Element {
  return el('tuplet', [], {
    type,
    number: 1,
    ...(type === 'start' ? { bracket: bracket ? 'yes' : 'no' } : {}),
  });
}
