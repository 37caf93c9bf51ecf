import type { GraphicalMeasure, OpenSheetMusicDisplay } from 'opensheetmusicdisplay';

/** A note head on the drawn score. */
export interface NotePlace {
  /** Counted from 0. */
  bar: number;
  /** How much of the bar lies before it, 0 to 1. */
  share: number;
  /** MIDI note number as written. */
  pitch: number;
  /** Counted from the top of the system. */
  staff: number;
  /** CSS pixels from the score's corner. */
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What the engraver's VexFlow notes have beyond the common ones. */
interface DrawnNote {
  vfnoteIndex?: number;
  getSVGGElement?: () => SVGGElement | undefined;
}

/** Semitones between the engraver's count of half tones and MIDI's. */
const TO_MIDI = 12;

/** Reads where each note head of the first `count` bars stands, from the corner of `container`. */
export function readNotePlaces(
  display: OpenSheetMusicDisplay,
  count: number,
  container: HTMLElement,
): NotePlace[] {
  const corner = container.getBoundingClientRect();
  const places: NotePlace[] = [];
  for (const [bar, staves] of display.GraphicSheet.MeasureList.slice(0, count).entries()) {
    for (const [staff, measure] of staves.entries()) {
      if (measure?.ParentStaffLine) readMeasure(measure, { bar, staff, corner }, places);
    }
  }
  return places;
}

function readMeasure(
  measure: GraphicalMeasure,
  { bar, staff, corner }: { bar: number; staff: number; corner: DOMRect },
  places: NotePlace[],
): void {
  const duration = measure.parentSourceMeasure.Duration.RealValue;
  for (const entry of measure.staffEntries) {
    const share = entry.relInMeasureTimestamp.RealValue / duration;
    for (const { notes } of entry.graphicalVoiceEntries) {
      for (const note of notes) {
        if (note.sourceNote.isRest()) continue;
        const head = headOf(note as unknown as DrawnNote);
        if (head === null) continue;
        const { left, top, width, height } = head.getBoundingClientRect();
        const pitch = note.sourceNote.halfTone + TO_MIDI;
        places.push({ bar, staff, share, pitch, x: left - corner.x, y: top - corner.y, width, height });
      }
    }
  }
}

function headOf(note: DrawnNote): Element | null {
  const heads = note.getSVGGElement?.()?.querySelectorAll('.vf-notehead');
  return heads?.item(note.vfnoteIndex ?? 0) ?? null;
}
