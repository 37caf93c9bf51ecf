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

/** A note head with what it stands for. */
type Head = Omit<NotePlace, 'x' | 'y' | 'width' | 'height'> & { element: Element };

/**
 * The note heads of a score that is drawn slice by slice. Each slice lays bars out anew that were drawn before, and then
 * knows nothing of their heads: they are kept from when they were drawn.
 */
export class NoteHeads {
  readonly #byBar = new Map<number, readonly Head[]>();

  /** Takes in what has been drawn of the first `count` bars. Call after every slice. */
  collect(display: OpenSheetMusicDisplay, count: number): void {
    for (const [bar, staves] of display.GraphicSheet.MeasureList.slice(0, count).entries()) {
      const heads = staves.flatMap((measure, staff) =>
        measure?.ParentStaffLine ? headsOf(measure, bar, staff) : [],
      );
      if (heads.length >= (this.#byBar.get(bar)?.length ?? 0)) this.#byBar.set(bar, heads);
    }
  }

  /** Where they stand now, from the corner of `container`. */
  read(container: HTMLElement): NotePlace[] {
    const corner = container.getBoundingClientRect();
    return [...this.#byBar.values()].flat().flatMap(({ element, ...head }) => {
      if (!element.isConnected) return [];
      const { left, top, width, height } = element.getBoundingClientRect();
      return [{ ...head, x: left - corner.x, y: top - corner.y, width, height }];
    });
  }
}

function headsOf(measure: GraphicalMeasure, bar: number, staff: number): Head[] {
  const duration = measure.parentSourceMeasure.Duration.RealValue;
  return measure.staffEntries.flatMap((entry) => {
    const share = entry.relInMeasureTimestamp.RealValue / duration;
    return entry.graphicalVoiceEntries.flatMap(({ notes }) =>
      notes.flatMap((note) => {
        const element = note.sourceNote.isRest() ? null : headOf(note as unknown as DrawnNote);
        const pitch = note.sourceNote.halfTone + TO_MIDI;
        return element === null ? [] : [{ bar, staff, share, pitch, element }];
      }),
    );
  });
}

function headOf(note: DrawnNote): Element | null {
  const heads = note.getSVGGElement?.()?.querySelectorAll('.vf-notehead');
  return heads?.item(note.vfnoteIndex ?? 0) ?? null;
}
