import { joinTempo } from '../../../main/contract/page-drawing.ts';

/**
 * Reads MusicXML for the engraver.
 * @throws Error where the text is no partwise MusicXML.
 */
export function readScore(text: string): Document {
  return joinTempo(parseXml(text));
}

/**
 * Reads the beginning of a score: enough to draw its first system while the rest is read. Null where the whole is hardly
 * longer, or is written otherwise than the engine writes.
 * @param bars kept of each part
 */
export function readHead(text: string, bars: number): { document: Document; bars: number } | null {
  const end = '</measure>';
  const parts = text.split('<part id=');
  const total = parts.length > 1 ? parts[1]!.split(end).length - 1 : 0;
  if (total < 2 * bars) return null;
  const [header, ...music] = parts;
  const cut = music.map((part) => {
    let at = 0;
    for (let bar = 0; bar < bars; bar++) at = part.indexOf(end, at) + end.length;
    return `${part.slice(0, at)}</part>`;
  });
  try {
    return { document: readScore(`${[header, ...cut].join('<part id=')}</score-partwise>`), bars: total };
  } catch {
    return null;
  }
}

function parseXml(text: string): Document {
  const document = new DOMParser().parseFromString(text, 'application/xml');
  if (document.querySelector('parsererror') !== null || document.querySelector('score-partwise') === null) {
    throw new Error('The take is not a score in MusicXML.');
  }
  return document;
}
