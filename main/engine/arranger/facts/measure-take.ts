import type { ArrangedNote, Arrangement } from '../../../contract/arrangement.ts';
import { TICKS_PER_BEAT } from '../../../contract/grid.ts';
import type { TakeFacts } from '../../../contract/take-facts.ts';
import { tickToSeconds } from '../../score/time.ts';
import { easierTransposition } from '../../score/transpose.ts';
import type { Evidence } from '../../transcription/evidence.ts';
import { barIndexAt } from '../song-grid.ts';
import { measureCloseness } from './closeness.ts';
import { gradeTake } from './grade.ts';
import { measureHands } from './hand-facts.ts';
import { round } from './round.ts';

/** Steps of a major scale above its tonic. */
const MAJOR_SCALE = [0, 2, 4, 5, 7, 9, 11];
/** The raised sixth and seventh degree belong to minor: 9 and 11 above its tonic. */
const MINOR_SCALE = [0, 2, 3, 5, 7, 8, 9, 10, 11];

/**
 * Measures how close to the recording a take is and how hard it is to play, from what two hands have to play.
 * @param evidence null where what was heard is not at hand
 */
export function measureTake(take: Omit<Arrangement, 'facts'>, evidence: Evidence | null): TakeFacts {
  const numbers = {
    closeness: evidence ? measureCloseness(take, evidence) : { chroma: null, onsets: null },
    density: measureDensity(take),
    hands: measureHands(take),
    rhythm: round(measureRhythm(take)),
    accidentals: round(measureAccidentals(take)),
    repetition: round(measureRepetition(take)),
  };
  return { ...numbers, difficulty: gradeTake(numbers), easierKey: offerEasierKey(take) };
}

function measureDensity({
  notes,
  beatTimes,
}: Pick<Arrangement, 'notes' | 'beatTimes'>): TakeFacts['density'] {
  if (notes.length === 0) return { notesPerSecond: 0, onsetsPerSecond: 0, notesPerOnset: 0 };
  const onsets = new Set(notes.map(({ start }) => start)).size;
  const end = notes.reduce((last, { start, duration }) => Math.max(last, start + duration), 0);
  const seconds = Math.max(0.1, tickToSeconds(beatTimes, end) - tickToSeconds(beatTimes, notes[0].start));
  return {
    notesPerSecond: round(notes.length / seconds),
    onsetsPerSecond: round(onsets / seconds),
    notesPerOnset: round(notes.length / onsets),
  };
}

function measureRhythm({
  notes,
  bars,
  beatTimes,
}: Pick<Arrangement, 'notes' | 'bars' | 'beatTimes'>): number {
  const onsets = [...new Set(notes.map(({ start }) => start))];
  let sum = 0;
  for (const tick of onsets) {
    const inBeat = tick % TICKS_PER_BEAT;
    const isCompound = bars[barIndexAt(bars, tick)].unit === 'dotted-quarter';
    const isMiddle = isCompound ? inBeat % 16 === 0 : inBeat === 24 || inBeat % 16 === 0;
    sum += inBeat === 0 ? 0 : isMiddle ? 0.5 : 1;
  }
  return sum / (beatTimes.length - 1);
}

function measureAccidentals({ notes, keys, bars }: Pick<Arrangement, 'notes' | 'keys' | 'bars'>): number {
  const spans = keys.toSorted((a, b) => a.start - b.start);
  let at = 0;
  let outside = 0;
  for (const { start, pitch } of notes) {
    while (at + 1 < spans.length && spans[at + 1].start <= start) at++;
    const { tonic, mode } = spans[at];
    const degree = (pitch - tonic + 120) % 12;
    if (!(mode === 'major' ? MAJOR_SCALE : MINOR_SCALE).includes(degree)) outside++;
  }
  return outside / bars.length;
}

/** A bar's pattern: where the accompaniment strikes, and with how many notes. */
function measureRepetition({ notes, bars }: Pick<Arrangement, 'notes' | 'bars'>): number {
  const patterns = bars.map(() => new Map<string, number>());
  for (const note of notes) {
    if (note.role === 'melody') continue;
    const bar = barIndexAt(bars, note.start);
    const place = placeInBar(note, bars[bar].start);
    patterns[bar].set(place, (patterns[bar].get(place) ?? 0) + 1);
  }
  const seen = new Set<string>();
  let played = 0;
  let repeated = 0;
  for (const pattern of patterns) {
    if (pattern.size === 0) continue;
    const text = [...pattern].map(([place, count]) => `${place}x${count}`).join(' ');
    played++;
    if (seen.has(text)) repeated++;
    seen.add(text);
  }
  return played === 0 ? 0 : repeated / played;
}

function placeInBar(note: ArrangedNote, barStart: number): string {
  return `${note.start - barStart}${note.role === 'bass' ? 'b' : ''}`;
}

function offerEasierKey({ settings, keys }: Pick<Arrangement, 'settings' | 'keys'>): TakeFacts['easierKey'] {
  if (settings.level !== 'easy') return null;
  const semitones = easierTransposition(keys);
  if (semitones === 0) return null;
  const [{ tonic, mode }] = keys;
  return { semitones, tonic: (tonic + semitones + 12) % 12, mode };
}
