import { joinTempo } from '../../../main/contract/page-drawing.ts';

/**
 * Reads MusicXML for the engraver.
 * @throws Error where the text is no partwise MusicXML.
 */
export function readScore(text: string): Document {
  return joinTempo(parseXml(text));
}

function parseXml(text: string): Document {
  const document = new DOMParser().parseFromString(text, 'application/xml');
  if (document.querySelector('parsererror') !== null || document.querySelector('score-partwise') === null) {
    throw new Error('The take is not a score in MusicXML.');
  }
  return document;
}
