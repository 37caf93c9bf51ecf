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

/** The engraver sets a tempo's word and its metronome mark over one another: here they become one text. */
function joinTempo(document: Document): Document {
  for (const metronome of document.querySelectorAll('direction > direction-type > metronome')) {
    const words = metronome.closest('direction')?.querySelector('words');
    if (!words) continue;
    const dot = metronome.querySelector('beat-unit-dot') === null ? '' : '.';
    const perMinute = metronome.querySelector('per-minute')?.textContent ?? '';
    words.textContent = `${words.textContent?.trim()}  ♩${dot} = ${perMinute}`;
    metronome.parentElement?.remove();
  }
  return document;
}
