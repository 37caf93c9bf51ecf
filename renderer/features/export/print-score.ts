import { drawPages } from '../score/draw-pages.ts';

/**
 * Opens the system's dialog for printing with the score on A4 pages; every system of today can print to a PDF file.
 * @throws Error where the text is no MusicXML.
 */
export async function printScore(musicxml: string, largePrint: boolean): Promise<void> {
  const sheet = document.createElement('div');
  sheet.className = 'print-pages';
  document.body.append(sheet);
  try {
    await drawPages(sheet, musicxml, largePrint);
    // Some systems print while the page goes on.
    window.addEventListener('afterprint', () => sheet.remove(), { once: true });
    window.print();
  } catch (error) {
    sheet.remove();
    throw error;
  }
}
