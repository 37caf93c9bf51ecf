import { type ReadItem, type ReadMeasure, readParts } from './musicxml-content.ts';

/** A sounding note of a written score: tied notes are one. Times in quarters from the start of the score. */
export interface ScoreNote {
  part: string;
  staff: number;
  /** Of the note it begins with. */
  voice: string;
  onset: number;
  duration: number;
  pitch: number;
  /** Name with octave, such as `Bb3`. */
  name: string;
}

/**
 * Reads the notes of a partwise MusicXML document, grace notes left out, sorted by part, onset and pitch.
 *
 * @throws SongleafError `score-invalid` where the text is no partwise MusicXML
 */
export function readMusicXml(xml: string): ScoreNote[] {
  return readParts(xml).flatMap((part) => {
    const notes: ScoreNote[] = [];
    /** Notes that a tie goes out from, by staff, pitch and place. */
    const open = new Map<string, ScoreNote>();
    for (const measure of part.measures) {
      for (const item of [...measure.items].sort((a, b) => a.at - b.at)) {
        if (item.kind === 'note' && item.pitch && item.duration > 0) {
          readNote(item, measure, part.id, notes, open);
        }
      }
    }
    return notes.sort((a, b) => a.onset - b.onset || a.pitch - b.pitch || a.staff - b.staff);
  });
}

function readNote(
  item: ReadItem,
  measure: ReadMeasure,
  part: string,
  notes: ScoreNote[],
  open: Map<string, ScoreNote>,
): void {
  const pitch = item.pitch!;
  const onset = measure.start + item.at;
  const key = (at: number) => `${item.staff} ${item.voice} ${pitch.midi} ${at.toFixed(4)}`;
  let note = item.tieStop ? open.get(key(onset)) : undefined;
  if (note) {
    open.delete(key(onset));
    note.duration += item.duration;
  } else {
    note = {
      part,
      staff: item.staff,
      voice: item.voice,
      onset,
      duration: item.duration,
      pitch: pitch.midi,
      name: `${pitch.step}${nameAlter(pitch.alter)}${pitch.octave}`,
    };
    notes.push(note);
  }
  if (item.tieStart) open.set(key(onset + item.duration), note);
}

function nameAlter(alter: number): string {
  return alter < 0 ? 'b'.repeat(-alter) : '#'.repeat(alter);
}
