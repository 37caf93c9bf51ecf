import type { OpenSheetMusicDisplay } from 'opensheetmusicdisplay';
import { type BarPlace, readBarPlaces } from './bar-places.ts';
import { readScore } from './read-score.ts';

/** How much of the score is drawn. */
export interface Engraved {
  shownBars: number;
  totalBars: number;
  /** Where the bars that are shown stand. */
  places: readonly BarPlace[];
}

/** Systems of the first slices: the first alone, so that something is seen at once. Each later one doubles. */
const FIRST_SLICE = 1;
const LARGEST_SLICE = 16;

/** Staff spaces of 8 CSS pixels: about the size of printed piano music at arm's length on a screen. */
const ZOOM = 0.8;

/** Gives the page a moment to paint and to answer the person. */
function idle(): Promise<void> {
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
  if (signal.aborted) return;
  const document = readScore(musicxml);
  container.replaceChildren();
  const parts = document.querySelectorAll('part-list > score-part').length;
  const display = new OpenSheetMusicDisplay(container, {
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
  });
  display.setLogLevel('error');
  const rules = display.EngravingRules;
  // The sheet has margins of its own.
  rules.PageLeftMargin = 2;
  rules.PageRightMargin = 1;
  rules.PageTopMargin = 1;
  rules.PageBottomMargin = 1;
  rules.ChordAccidentalTexts.setValue(AccidentalEnum.FLAT, '♭');
  rules.ChordAccidentalTexts.setValue(AccidentalEnum.SHARP, '♯');
  // Given as a document: a string that does not look like XML would be taken for an address to load.
  await display.load(document);
  // Loading sets it back.
  display.zoom = ZOOM * zoom;
  await drawSlices(display, signal, onSlice);
}

async function drawSlices(
  display: OpenSheetMusicDisplay,
  signal: AbortSignal,
  onSlice: (engraved: Engraved) => void,
): Promise<void> {
  for (let systems = FIRST_SLICE; !signal.aborted; systems = Math.min(systems * 2, LARGEST_SLICE)) {
    const slice = display.renderNext({ systems });
    onSlice({
      shownBars: slice.renderedMeasures,
      totalBars: slice.totalMeasures,
      places: readBarPlaces(display, slice.renderedMeasures),
    });
    if (slice.done) return;
    await idle();
  }
}
