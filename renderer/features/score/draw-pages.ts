import { readScore } from './read-score.ts';

/** Staves of 7 mm, or 10 mm in large print; at zoom 1 they are 40 pixels (10.6 mm) high. */
const ZOOM = 0.66;
const LARGE_ZOOM = 0.94;

/**
 * Draws a score into an element as wide as a page, a picture for each page of A4.
 * @throws Error where the text is no MusicXML.
 */
export async function drawPages(
  container: HTMLElement,
  musicxml: string,
  largePrint: boolean,
): Promise<void> {
  const { AccidentalEnum, OpenSheetMusicDisplay } = await import('opensheetmusicdisplay');
  const document = readScore(musicxml);
  const display = new OpenSheetMusicDisplay(container, {
    autoResize: false,
    backend: 'svg',
    disableCursor: true,
    drawPartAbbreviations: false,
    drawPartNames: document.querySelectorAll('part-list > score-part').length > 1,
    drawMeasureNumbersOnlyAtSystemStart: true,
    newSystemFromXML: true,
    pageFormat: 'A4_P',
    pageBackgroundColor: '#FFFFFF',
  });
  display.setLogLevel('error');
  const rules = display.EngravingRules;
  // In staff spaces; the engraver breaks pages some too late.
  rules.PageBottomMargin = 12;
  rules.ChordAccidentalTexts.setValue(AccidentalEnum.FLAT, '♭');
  rules.ChordAccidentalTexts.setValue(AccidentalEnum.SHARP, '♯');
  await display.load(document);
  display.zoom = largePrint ? LARGE_ZOOM : ZOOM;
  display.render();
}
