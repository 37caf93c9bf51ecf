import { drawPages as drawOnPages, pageSetup } from '../../../main/contract/page-drawing.ts';
import { readScore } from './read-score.ts';

/**
 * Draws a score into an element as wide as a page, a picture for each page of A4.
 * @throws Error where the text is no MusicXML.
 */
export async function drawPages(
  container: HTMLElement,
  musicxml: string,
  largePrint: boolean,
): Promise<void> {
  await drawOnPages(
    await import('opensheetmusicdisplay'),
    container,
    readScore(musicxml),
    largePrint,
    pageSetup,
  );
}
