import type { Analysis } from '../../contract/analysis.ts';
import type { ArrangeSettings } from '../../contract/arrangement.ts';
import type { Evidence } from '../transcription/evidence.ts';
import { readActivity } from './activity.ts';
import { easeRhythm } from './ease-rhythm.ts';
import { type FormPlace, placeBars } from './form.ts';
import { type Groove, readGrooves } from './groove.ts';
import { type HarmonySpan, layOutHarmony } from './harmony.ts';
import { MelodyView, readMelody } from './melody.ts';
import { type Phrase, readPhrases } from './phrases.ts';
import { layOutBars, type SongGrid } from './song-grid.ts';

/** What every arranger wants to know of a song, laid out on the bars. */
export interface Song {
  settings: ArrangeSettings;
  grid: SongGrid;
  harmony: HarmonySpan[];
  /** By bar. */
  places: FormPlace[];
  grooves: (Groove | null)[];
  plays: boolean[];
  /** By beat: loudness against the song's median, dB. */
  dynamics: number[];
  /** What is sung, whether or not the piano plays it. */
  sung: MelodyView;
  /** Its phrases. */
  phrases: Phrase[];
  /** The melody in the piano's right hand: `sung`, eased for level easy; nothing unless `settings.melody` is `include`. */
  melody: MelodyView;
}

/** @throws SongleafError `analysis-invalid`, see `layOutBars` */
export function layOutSong(analysis: Analysis, evidence: Evidence, settings: ArrangeSettings): Song {
  const grid = layOutBars(analysis);
  const places = placeBars(grid.bars, analysis.sections);
  const sung = new MelodyView(readMelody(analysis.melody, grid.end));
  return {
    settings,
    grid,
    harmony: layOutHarmony(analysis, grid.end),
    places,
    grooves: readGrooves(grid, evidence, places),
    ...readActivity(grid, evidence),
    sung,
    phrases: readPhrases(sung.notes),
    melody: chooseMelody(sung, grid, analysis, settings),
  };
}

function chooseMelody(
  sung: MelodyView,
  { bars }: SongGrid,
  { tempo }: Analysis,
  { level, melody }: ArrangeSettings,
): MelodyView {
  if (melody !== 'include') return new MelodyView([]);
  return level === 'easy' ? new MelodyView(easeRhythm(sung.notes, bars, tempo.bpm)) : sung;
}
