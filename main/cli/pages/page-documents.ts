import { drawPages, joinTempo, pageSetup } from '../../contract/page-drawing.ts';

const { width: WIDTH, height: HEIGHT } = pageSetup;

const script = `
const joinTempo = ${joinTempo};
const drawPages = ${drawPages};
const bytesToBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
const answer = (value) => {
  document.body.textContent = bytesToBase64(new TextEncoder().encode(JSON.stringify(value)));
};
const draw = async () => {
  const { musicxml, largePrint } = score;
  const read = joinTempo(new DOMParser().parseFromString(musicxml, 'application/xml'));
  await drawPages(opensheetmusicdisplay, document.querySelector('#pages'), read, largePrint, ${JSON.stringify(pageSetup)});
  const writer = new XMLSerializer();
  answer(Array.from(document.querySelectorAll('#pages svg'), (page) => writer.serializeToString(page)));
};
draw().catch((error) => answer(String(error)));
`;

/** Draws \`score.js\` with \`engraver.js\`, both beside it, and leaves the pages in its body as base64 of JSON. */
export const drawing = `<!doctype html>
<html><head><meta charset="utf-8"><style>body { margin: 0 } #pages { width: ${WIDTH}px }</style></head>
<body><div id="pages"></div>
<script src="engraver.js"></script><script src="score.js"></script><script>${script}</script></body></html>
`;

/** A document that prints each SVG on an A4 page of its own. */
export function printing(pages: readonly string[]): string {
  const style = `@page { size: A4; margin: 0 } body { margin: 0 }
div { width: ${WIDTH}px; height: ${HEIGHT - 1}px; overflow: hidden; break-after: page }
div:last-child { break-after: auto }`;
  const bodies = pages.map((page) => `<div>${page}</div>`).join('\n');
  return `<!doctype html>
<html><head><meta charset="utf-8"><style>${style}</style></head><body>${bodies}</body></html>
`;
}
