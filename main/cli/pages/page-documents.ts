/** A4 in CSS pixels (96 to the inch). */
const WIDTH = 794;
const HEIGHT = 1123;

/** Staves of 7 mm, or 10 mm in large print; at zoom 1 they are 40 pixels (10.6 mm) high. */
const ZOOM = 0.66;
const LARGE_ZOOM = 0.94;

const script = `
const bytesToBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
const answer = (value) => {
  document.body.textContent = bytesToBase64(new TextEncoder().encode(JSON.stringify(value)));
};
// The engraver sets a tempo's word and its metronome mark over one another: here they become one text.
const joinTempo = (document) => {
  for (const metronome of document.querySelectorAll('direction > direction-type > metronome')) {
    const words = metronome.closest('direction').querySelector('words');
    if (words === null) continue;
    const dot = metronome.querySelector('beat-unit-dot') === null ? '' : '.';
    const perMinute = metronome.querySelector('per-minute').textContent;
    words.textContent = \`\${words.textContent.trim()}  \u2669\${dot} = \${perMinute}\`;
    metronome.parentElement.remove();
  }
  return document;
};
const draw = async () => {
  const { OpenSheetMusicDisplay, AccidentalEnum } = opensheetmusicdisplay;
  const display = new OpenSheetMusicDisplay('pages', {
    autoResize: false,
    backend: 'svg',
    disableCursor: true,
    drawPartAbbreviations: false,
    drawPartNames: score.musicxml.split('<score-part ').length > 2,
    drawMeasureNumbersOnlyAtSystemStart: true,
    newSystemFromXML: true,
    pageFormat: 'A4_P',
    pageBackgroundColor: '#FFFFFF',
  });
  display.setLogLevel('error');
  const rules = display.EngravingRules;
  // In staff spaces; the engraver breaks pages some too late.
  rules.PageBottomMargin = 12;
  rules.ChordAccidentalTexts.setValue(AccidentalEnum.FLAT, '\u266d');
  rules.ChordAccidentalTexts.setValue(AccidentalEnum.SHARP, '\u266f');
  await display.load(joinTempo(new DOMParser().parseFromString(score.musicxml, 'application/xml')));
  display.zoom = score.largePrint ? ${LARGE_ZOOM} : ${ZOOM};
  display.render();
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
