import type * as Engraver from 'opensheetmusicdisplay';

// What the window and the terminal's browser both run to draw pages. The terminal sends these functions to the browser as
// text, so they reach for nothing outside themselves.

/** How A4 pages are drawn; sizes in CSS pixels (96 to the inch). */
export const pageSetup = {
  width: 794,
  height: 1123,
  /** Staves of 7 mm, or 10 mm in large print; at zoom 1 they are 40 pixels (10.6 mm) high. */
  zoom: 0.66,
  largeZoom: 0.94,
  /** In staff spaces; the engraver breaks pages some too late. */
  bottomMargin: 12,
};
export type PageSetup = typeof pageSetup;

/** The engraver sets a tempo's word and its metronome mark over one another: here they become one text. */
export function joinTempo(score: Document): Document {
  for (const metronome of score.querySelectorAll('direction > direction-type > metronome')) {
    const words = metronome.closest('direction')?.querySelector('words');
    if (!words) continue;
    const dot = metronome.querySelector('beat-unit-dot') === null ? '' : '.';
    const perMinute = metronome.querySelector('per-minute')?.textContent ?? '';
    words.textContent = `${words.textContent?.trim()}  \u2669${dot} = ${perMinute}`;
    metronome.parentElement?.remove();
  }
  return score;
}

/**
 * Draws a score into an element as wide as a page, a picture for each page.
 * @param score MusicXML, partwise, of which `joinTempo` was told
 */
export async function drawPages(
  {
    OpenSheetMusicDisplay,
    AccidentalEnum,
  }: Pick<typeof Engraver, 'OpenSheetMusicDisplay' | 'AccidentalEnum'>,
  container: HTMLElement,
  score: Document,
  largePrint: boolean,
  setup: PageSetup,
): Promise<void> {
  const display = new OpenSheetMusicDisplay(container, {
    autoResize: false,
    backend: 'svg',
    disableCursor: true,
    drawPartAbbreviations: false,
    drawPartNames: score.querySelectorAll('part-list > score-part').length > 1,
    drawMeasureNumbersOnlyAtSystemStart: true,
    newSystemFromXML: true,
    pageFormat: 'A4_P',
    pageBackgroundColor: '#FFFFFF',
  });
  display.setLogLevel('error');
  const rules = display.EngravingRules;
  rules.PageBottomMargin = setup.bottomMargin;
  rules.ChordAccidentalTexts.setValue(AccidentalEnum.FLAT, '\u266d');
  rules.ChordAccidentalTexts.setValue(AccidentalEnum.SHARP, '\u266f');
  await display.load(score);
  display.zoom = largePrint ? setup.largeZoom : setup.zoom;
  display.render();
}
