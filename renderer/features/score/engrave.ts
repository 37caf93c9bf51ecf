import type { AccidentalEnum, IOSMDOptions, OpenSheetMusicDisplay } from 'opensheetmusicdisplay';
import { NoteHeads, type NotePlace } from '../repair/note-places.ts';
import { type BarPlace, readBarPlaces } from './bar-places.ts';
import { readHead, readScore } from './read-score.ts';
import { untilShown } from './until-shown.ts';

/** How much of the score is drawn. */
export interface Engraved {
  shownBars: number;
  totalBars: number;
  /** Where the bars that are shown stand. */
  places: readonly BarPlace[];
  /** Reads where their note heads stand. */
  readNotes: () => readonly NotePlace[];
}

/**
 * Systems of the first slices: the first alone, so that something is seen at once, then what fills a screen, then the
 * rest. Every slice lays out all that stood before it as well: so 50 systems cost as much as 54.
 */
const FIRST_SLICE = 1;
const SECOND_SLICE = 4;
const GROWTH = 16;
const LARGEST_SLICE = 64;

/** Bars that are read for the first system alone: more than any system holds. */
const HEAD_BARS = 10;

/** Staff spaces of 8 CSS pixels: about the size of printed piano music at arm's length on a screen. */
export const ZOOM = 0.8;

/** Gives the page a moment to paint and to answer the person. */
export function idle(): Promise<void> {
  return new Promise((resolve) => {
    requestIdleCallback(() => resolve(), { timeout: 200 });
  });
}

/**
 * Draws a score into `container` slice by slice (whole systems that keep their places), replacing what was there.
 * @param musicxml MusicXML text (partwise).
 * @param zoom of the size that reads well at arm's length.
 * @param signal stops the drawing; the container then holds a part of the score.
 * @param onSlice told after every slice.
 * @throws Error where the text is no MusicXML.
 */
export async function engrave(
  container: HTMLElement,
  musicxml: string,
  zoom: number,
  signal: AbortSignal,
  onSlice: (engraved: Engraved) => void,
): Promise<void> {
  // Loaded with the first score: it is the larger half of the window's code.
  const { AccidentalEnum, OpenSheetMusicDisplay } = await import('opensheetmusicdisplay');
  await untilShown(container, signal);
  if (signal.aborted) return;
  const open = async (place: HTMLElement, document: Document) => {
    const display = new OpenSheetMusicDisplay(place, optionsFor(document));
    setRules(display, AccidentalEnum);
    // Given as a document: a string that does not look like XML would be taken for an address to load.
    await display.load(document);
    // Loading sets it back.
    display.zoom = ZOOM * zoom;
    return display;
  };
  container.replaceChildren();
  const head = readHead(musicxml, HEAD_BARS);
  const first = head === null ? null : await drawHead(head, addPlace(container), open, onSlice);
  await untilShown(container, signal);
  if (signal.aborted) return;
  const document = readScore(musicxml);
  const place = addPlace(container);
  place.classList.toggle('engraved-behind', first !== null);
  const display = await open(place, document);
  const slice = first === null ? FIRST_SLICE : SECOND_SLICE;
  await drawSlices(display, place, slice, signal, (drawn) => {
    // The same system again, with all others to follow it.
    first?.remove();
    place.classList.remove('engraved-behind');
    onSlice(drawn);
  });
}

/**
 * Draws a score out of sight over the one that stands in `container`, and puts it in its place when it is complete.
 * @throws Error where the text is no MusicXML.
 */
export async function engraveBehind(
  container: HTMLElement,
  musicxml: string,
  zoom: number,
  signal: AbortSignal,
  onDone: (engraved: Engraved) => void,
): Promise<void> {
  const { AccidentalEnum, OpenSheetMusicDisplay } = await import('opensheetmusicdisplay');
  if (signal.aborted) return;
  const document = readScore(musicxml);
  const place = addPlace(container);
  place.classList.add('engraved-behind');
  try {
    const display = new OpenSheetMusicDisplay(place, optionsFor(document));
    setRules(display, AccidentalEnum);
    await display.load(document);
    display.zoom = ZOOM * zoom;
    await drawSlices(display, place, LARGEST_SLICE, signal, (drawn) => {
      if (drawn.shownBars < drawn.totalBars) return;
      for (const other of [...container.children]) if (other !== place) other.remove();
      place.classList.remove('engraved-behind');
      onDone(drawn);
    });
  } finally {
    if (signal.aborted && place.classList.contains('engraved-behind')) place.remove();
  }
}

function addPlace(container: HTMLElement): HTMLElement {
  const place = document.createElement('div');
  container.append(place);
  return place;
}

/** Draws the first system alone and lets it be seen. Null where that cannot be done: then all comes a moment later. */
async function drawHead(
  head: { document: Document; bars: number },
  place: HTMLElement,
  open: (place: HTMLElement, document: Document) => Promise<OpenSheetMusicDisplay>,
  onSlice: (engraved: Engraved) => void,
): Promise<HTMLElement | null> {
  try {
    const display = await open(place, head.document);
    const { renderedMeasures } = display.renderNext({ systems: 1 });
    const places = readBarPlaces(display, renderedMeasures);
    // Notes are mended once all of them are there.
    onSlice({ shownBars: renderedMeasures, totalBars: head.bars, places, readNotes: () => [] });
  } catch {
    place.remove();
    return null;
  }
  await painted();
  // What follows takes half a second at once: first the page may answer.
  await idle();
  return place;
}

function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
  });
}

/** How the window draws scores. */
export function optionsFor(document: Document): IOSMDOptions {
  const parts = document.querySelectorAll('part-list > score-part').length;
  return {
    autoResize: false,
    backend: 'svg',
    disableCursor: true,
    // Title and names stand above the score as text of the page.
    drawTitle: false,
    drawSubtitle: false,
    drawComposer: false,
    drawLyricist: false,
    drawCredits: false,
    drawPartNames: parts > 1,
    drawPartAbbreviations: false,
    drawMeasureNumbersOnlyAtSystemStart: true,
    newSystemFromXML: false,
  };
}

export function setRules(display: OpenSheetMusicDisplay, accidentals: typeof AccidentalEnum): void {
  display.setLogLevel('error');
  const rules = display.EngravingRules;
  // The sheet has margins of its own.
  rules.PageLeftMargin = 2;
  rules.PageRightMargin = 1;
  rules.PageTopMargin = 1;
  rules.PageBottomMargin = 1;
  rules.ChordAccidentalTexts.setValue(accidentals.FLAT, '♭');
  rules.ChordAccidentalTexts.setValue(accidentals.SHARP, '♯');
}

async function drawSlices(
  display: OpenSheetMusicDisplay,
  place: HTMLElement,
  slice: number,
  signal: AbortSignal,
  onSlice: (engraved: Engraved) => void,
): Promise<void> {
  const heads = new NoteHeads();
  for (let systems = slice; ; systems = Math.min(systems * GROWTH, LARGEST_SLICE)) {
    await untilShown(place, signal);
    if (signal.aborted) return;
    const { renderedMeasures, totalMeasures, done } = display.renderNext({ systems });
    const places = readBarPlaces(display, renderedMeasures);
    heads.collect(display, renderedMeasures);
    const readNotes = () => heads.read(place);
    onSlice({ shownBars: renderedMeasures, totalBars: totalMeasures, places, readNotes });
    if (done) return;
    await idle();
  }
}
