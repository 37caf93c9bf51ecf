import { TICKS_PER_BEAT } from '../../../contract/grid.ts';
import type { LayerNote } from '../layers.ts';
import { bell, uniform } from '../random.ts';
import type { Song } from '../song.ts';
import { barTicks } from '../song-grid.ts';
import type { Candidate } from './candidates.ts';

/** Aims of a full take, per second, melody and bass counted; the seed moves them by section. */
const ONSETS_PER_SECOND = 4.4;
const INNER_PER_SECOND = 5.4;
const DENSITY_SPREAD = 0.25;
/** A section keeps at least this share of what a hand could take; the seed says how much. */
const LEAST_DETAIL = 0.8;
/** Spread of the seed's taste for single notes, as a logarithm. */
const TASTE = 0.5;
/** Onsets nearer than this to a worthier one, seconds, must be nearly as worthy themselves. */
const CROWDED_SECONDS = 0.17;
const CROWDED_RATIO = 0.85;
/** Worth of a slot by its place: beats before eighths before the rest. */
const ON_BEAT = 1.15;
const ON_EIGHTH = 1;
const ELSEWHERE = 0.6;
/** How much the recording's groove says about a slot's worth. */
const GROOVE = 0.5;
/** Notes of one onset, by layer. */
const MOST_UPPER = 3;
const MOST_LOWER = 2;
/** Reach of a hand, semitones. */
const REACH = 14;
const LOWEST_UPPER = 55;
const HAND_BORDER = 58;
/** The melody rests if nothing is sung for an eighth either side. */
const REST_TICKS = 24;

interface Place {
  tick: number;
  candidates: Candidate[];
  /** Bass or melody begins here, so an onset costs nothing. */
  isFree: boolean;
  worth: number;
}

/**
 * Chooses what sounds between bass and melody: in each bar the onsets that weigh most, and in them the candidates that
 * weigh most, as many as a hand can take. The seed's taste is keyed by section label, bar, slot and pitch.
 */
export function chooseInner(
  candidates: readonly Candidate[],
  bass: readonly LayerNote[],
  song: Song,
): LayerNote[] {
  const notes: LayerNote[] = [];
  const bassAt = new Map(bass.map((note) => [note.start, note.pitch]));
  let next = 0;
  song.grid.bars.forEach((bar, index) => {
    const end = bar.start + barTicks(bar);
    const own: Candidate[] = [];
    while (next < candidates.length && candidates[next].start < end) own.push(candidates[next++]);
    if (!song.plays[index]) return;
    const { label } = song.places[index];
    const density = 1 + DENSITY_SPREAD * (2 * uniform(song.settings.seed, 'density', label) - 1);
    const first = bar.start / TICKS_PER_BEAT;
    const seconds = song.grid.beatTimes[first + bar.beats] - song.grid.beatTimes[first];
    const places = chooseOnsets(
      dropCrowded(
        listPlaces(own, index, bassAt, song),
        (CROWDED_SECONDS / seconds) * bar.beats * TICKS_PER_BEAT,
      ),
      ONSETS_PER_SECOND * density * seconds,
      song.melody.within(bar.start, end).filter((note) => note.start >= bar.start).length,
    );
    const chosen = places.flatMap((place) => choosePitches(place, bassAt, song));
    chosen.sort((a, b) => b.weight - a.weight || a.start - b.start || a.pitch - b.pitch);
    const detail = LEAST_DETAIL + (1 - LEAST_DETAIL) * uniform(song.settings.seed, 'detail', label);
    const most = Math.min(INNER_PER_SECOND * density * seconds, detail * chosen.length);
    notes.push(...chosen.slice(0, Math.round(most)));
  });
  return notes.sort((a, b) => a.start - b.start || a.pitch - b.pitch);
}

function listPlaces(
  own: readonly Candidate[],
  index: number,
  bassAt: ReadonlyMap<number, number>,
  song: Song,
): Place[] {
  const bar = song.grid.bars[index];
  const groove = song.grooves[index];
  const { label, barInSection } = song.places[index];
  const places = new Map<number, Place>();
  for (const candidate of own) {
    const taste = Math.exp(
      TASTE * bell(song.settings.seed, label, barInSection, candidate.start - bar.start, candidate.pitch),
    );
    const tasted = { ...candidate, salience: candidate.salience * taste };
    const tick = candidate.start;
    const place = places.get(tick);
    if (place) {
      place.candidates.push(tasted);
      continue;
    }
    const isFree = bassAt.has(tick) || song.melody.within(tick, tick + 1).some((note) => note.start === tick);
    places.set(tick, { tick, candidates: [tasted], isFree, worth: 0 });
  }
  for (const place of places.values()) {
    place.candidates.sort((a, b) => b.salience - a.salience || b.pitch - a.pitch);
    const sum = place.candidates.slice(0, 3).reduce((total, { salience }) => total + salience, 0);
    const inBeat = place.tick % TICKS_PER_BEAT;
    const metric = inBeat === 0 ? ON_BEAT : inBeat % 16 === 0 || inBeat === 24 ? ON_EIGHTH : ELSEWHERE;
    const slot = Math.round(((place.tick - bar.start) / barTicks(bar)) * (groove?.all.length ?? 0));
    const attack = groove ? 1 - GROOVE + GROOVE * Math.min(1.5, groove.all[slot] ?? 0) : 1;
    place.worth = sum * metric * attack;
  }
  return [...places.values()];
}

/** Leaves out onsets that crowd a worthier one: a strum or a syllable heard twice rather than two onsets. */
function dropCrowded(places: readonly Place[], crowded: number): Place[] {
  const kept: Place[] = [];
  for (const place of places.toSorted((a, b) => b.worth - a.worth || a.tick - b.tick)) {
    const isCrowded = kept.some(
      (other) =>
        Math.abs(other.tick - place.tick) < crowded &&
        place.worth < CROWDED_RATIO * other.worth &&
        !place.isFree,
    );
    if (!isCrowded) kept.push(place);
  }
  return kept;
}

/** The free onsets, and of the others the worthiest up to the bar's share. */
function chooseOnsets(places: readonly Place[], share: number, melodyOnsets: number): Place[] {
  const free = places.filter((place) => place.isFree);
  const taken = Math.max(melodyOnsets, free.length);
  const others = places
    .filter((place) => !place.isFree)
    .sort((a, b) => b.worth - a.worth || a.tick - b.tick)
    .slice(0, Math.max(1, Math.round(share - taken)));
  return [...free, ...others];
}

function choosePitches(place: Place, bassAt: ReadonlyMap<number, number>, song: Song): LayerNote[] {
  const { tick } = place;
  const sung = song.melody.range(tick, tick + 1);
  const near = song.melody.range(tick - REST_TICKS, tick + REST_TICKS);
  const bass = bassAt.get(tick);
  const upper: LayerNote[] = [];
  const lower: LayerNote[] = [];
  for (const { pitch, salience } of place.candidates) {
    // Nothing sounds over the melody; in its rests the right hand may answer.
    if (near && pitch >= (sung?.low ?? near.low) - 1) continue;
    if (bass !== undefined && pitch <= bass) continue;
    const weight = Math.min(1, 0.1 + 0.8 * salience);
    const top = sung?.high ?? Math.max(pitch, ...upper.map((note) => note.pitch));
    const upperFits =
      pitch >= LOWEST_UPPER &&
      top - pitch <= REACH &&
      upper.length < (sung ? MOST_UPPER - 1 : MOST_UPPER) &&
      upper.every((note) => Math.abs(note.pitch - pitch) <= REACH);
    const lowerFits =
      lower.length < (bass === undefined ? MOST_LOWER : MOST_LOWER - 1) &&
      pitch - (bass ?? pitch) <= REACH &&
      lower.every((note) => Math.abs(note.pitch - pitch) <= REACH);
    const isHigh = pitch >= HAND_BORDER;
    const layer = upperFits && (isHigh || !lowerFits) ? upper : lowerFits && pitch < 65 ? lower : null;
    layer?.push({ layer: layer === upper ? 'upper' : 'lower', start: tick, end: tick, pitch, weight });
  }
  return [...upper, ...lower];
}
