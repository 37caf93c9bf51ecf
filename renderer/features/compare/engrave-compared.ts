import { type BarPlace, readBarPlaces } from '../score/bar-places.ts';
import { idle, optionsFor, setRules } from '../score/engrave.ts';
import { readScore } from '../score/read-score.ts';
import { readingSize } from '../score/reading-size.ts';
import { type LanePlace, readLanePlaces } from './lane-places.ts';

/** How much of a score has been drawn. */
export interface DrawnLanes {
  complete: boolean;
  /** Of the whole systems, for what goes through them. */
  places: readonly BarPlace[];
  /** Of each take's staves in each bar. */
  lanes: readonly (readonly LanePlace[])[];
}

/** Smaller than a score that is played from: here it is looked at. */
const ZOOM = 0.62;
/** Systems that are drawn before the page may paint. */
const SLICE = 4;

export interface ComparedScore {
  musicxml: string;
  /** Staves of each take, from the top. */
  staves: readonly number[];
  /** Bars of every system; as many as fit where left out. */
  barsPerSystem?: number;
}

/**
 * Draws takes that are compared into `container`, replacing what was there.
 * @param signal stops the drawing; the container then holds a part of the score.
 * @throws Error where the text is no MusicXML.
 */
export async function engraveCompared(
  container: HTMLElement,
  score: ComparedScore,
  signal: AbortSignal,
  onSlice: (drawn: DrawnLanes) => void,
): Promise<void> {
  const { AccidentalEnum, OpenSheetMusicDisplay } = await import('opensheetmusicdisplay');
  if (signal.aborted) return;
  const document = readScore(score.musicxml);
  container.replaceChildren();
  const display = new OpenSheetMusicDisplay(container, optionsFor(document));
  setRules(display, AccidentalEnum);
  if (score.barsPerSystem) display.EngravingRules.RenderXMeasuresPerLineAkaSystem = score.barsPerSystem;
  await display.load(document);
  display.zoom = ZOOM * readingSize();
  for (let complete = false; !complete && !signal.aborted; ) {
    const { renderedMeasures, done } = display.renderNext({ systems: SLICE });
    complete = done;
    const places = readBarPlaces(display, renderedMeasures);
    onSlice({ complete, places, lanes: readLanePlaces(display, places, score.staves) });
    if (!complete) await idle();
  }
}
