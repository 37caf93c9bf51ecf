import type { Analysis, Chord, Key } from '../../contract/analysis.ts';
import { secondsAt } from '../../contract/beat-time.ts';
import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import { measureBeatSound } from '../analysis/beat-sound.ts';
import type { BeatSpans } from '../analysis/chords/harmony-rows.ts';
import { measureChroma } from '../analysis/chroma.ts';
import { findKeys } from '../analysis/keys.ts';
import { findMelody } from '../analysis/melody.ts';
import type { HeardMelody } from '../analysis/melody-listener.ts';
import { findSections } from '../analysis/sections.ts';
import { type Evidence, FRAME_RATE } from '../transcription/evidence.ts';
import { endOf, listDownbeats } from './beat-grid.ts';
import { joinKeys } from './keys.ts';
import { keepRests, makeRoom } from './melody.ts';
import { barPositions } from './metres.ts';
import { closeGaps, overlay, type Span } from './spans.ts';

/** What may have to be found again after a correction. */
export type Part = 'chords' | 'keys' | 'sections' | 'melody';

/** What was heard of the song; `melody` null where nothing of the melody is to be found. */
export interface HeardAgain {
  evidence: Evidence;
  melody: HeardMelody | null;
  findChords: (grid: BeatSpans) => Promise<Chord[]>;
}

/**
 * Finds parts of an analysis again on its beats and bars, from what was heard. What was set by hand stays and is laid over
 * what is found; sections stay as a whole where one was touched: a form is one thing.
 */
export async function findAgain(
  analysis: Analysis,
  parts: ReadonlySet<Part>,
  heard: HeardAgain,
): Promise<Analysis> {
  const { evidence } = heard;
  const { beats, metres } = analysis;
  const end = endOf(analysis);
  const frames = Array.from(
    { length: beats.length + 1 },
    (_, i) => secondsAt(beats, i * TICKS_PER_BEAT) * FRAME_RATE,
  );
  const downbeats = listDownbeats(beats);
  let { chords, keys, sections, melody } = analysis;
  if (parts.has('chords')) {
    const found = await heard.findChords({ frames, bars: barPositions(beats, metres) });
    const set = chords.filter((chord) => chord.byHand);
    chords = closeGaps(overlay(found, set), end);
  }
  const chroma = measureChroma(evidence, frames);
  if (parts.has('keys')) keys = keepKeys(findKeys(chroma, chords, downbeats), keys, end);
  if (parts.has('melody') && heard.melody) {
    const found = findMelody(heard.melody, frames, metres[0].unit);
    const set = melody.filter((note) => note.byHand);
    melody = makeRoom(keepRests(found, analysis.rests ?? []), set);
  }
  if (parts.has('sections') && !sections.some((section) => section.byHand)) {
    sections = findSections(chroma, chords, measureBeatSound(evidence, frames, melody), downbeats);
  }
  return { ...analysis, chords, keys, sections, melody };
}

/** Lays keys that were set by hand over those that were found. */
function keepKeys(found: readonly Key[], before: readonly Key[], end: number): Key[] {
  const spans = (keys: readonly Key[]): (Key & Span)[] =>
    keys.map((key, i) => ({ ...key, duration: (keys[i + 1]?.start ?? end) - key.start }));
  const set = spans(before).filter((key) => key.byHand && key.duration > 0);
  return joinKeys(overlay(spans(found), set).map(({ duration: _, ...key }) => key));
}
