import { drawPages } from './features/score/draw-pages.ts';
import './styles/print.css';

/** A page that the app opens out of sight to draw scores for files. It is called from outside and reaches nothing. */
declare global {
  interface Window {
    drawScore?: (musicxml: string, largePrint: boolean) => Promise<string[]>;
  }
}

/** Draws a score as the only content of the page. @returns SVG documents of its A4 pages */
window.drawScore = async (musicxml, largePrint) => {
  const sheet = document.createElement('div');
  sheet.className = 'print-pages';
  document.body.replaceChildren(sheet);
  await drawPages(sheet, musicxml, largePrint);
  const writer = new XMLSerializer();
  return Array.from(sheet.querySelectorAll('svg'), (page) => writer.serializeToString(page));
};
