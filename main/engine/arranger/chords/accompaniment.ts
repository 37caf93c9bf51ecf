import { TICKS_PER_BEAT } from '../../../contract/grid.ts';
import type { Groove } from '../groove.ts';
import { type HarmonySpan, harmonyAt } from '../harmony.ts';
import type { LayerNote } from '../layers.ts';
import { uniform } from '../random.ts';
import type { Song } from '../song.ts';
import { barTicks, slotTicks } from '../song-grid.ts';
import { choosePattern } from './pattern-choice.ts';
import { cellsOfBar, type Pattern } from './patterns.ts';
import { BassLine, lowerTones, UpperVoicings } from './positions.ts';

/** What a pattern asks for at one tick. */
interface Hit {
  tick: number;
  bass: string;
  lower: string;
  upper: string;
  /** A chord begins here, or the bar does. */
  isChange: boolean;
}

/** A slot the recording strikes this hard gets a chord though the pattern has none, and this weakly loses it. */
const ADD_FROM = 0.85;
const DROP_UNDER = 0.1;
/** Chords added to a bar at most. */
const MOST_ADDED = 2;

/**
 * Writes bass, lower and upper layers for every bar that plays: the chords in smooth voice leading, in the rhythm of a
 * pattern that the section's groove chose. Full level; lengths are left to `sustainLayers`.
 */
export function accompany(song: Song): LayerNote[] {
  const notes: LayerNote[] = [];
  const bass = new BassLine();
  const voicings = new UpperVoicings(song);
  const patterns = new Map<string, Pattern>();
  song.grid.bars.forEach((bar, index) => {
    if (!song.plays[index]) return;
    const { label } = song.places[index];
    const key = `${label}\n${bar.unit}\n${bar.metreBeats}`;
    let pattern = patterns.get(key);
    const groove = song.grooves[index];
    if (!pattern) {
      const first = bar.start / TICKS_PER_BEAT;
      const seconds = song.grid.beatTimes[first + bar.beats] - song.grid.beatTimes[first];
      pattern = choosePattern({
        label,
        bar,
        groove: isWhole(song, index) ? groove : null,
        beatSeconds: seconds / bar.beats,
        seed: song.settings.seed,
      });
      if (isWhole(song, index)) patterns.set(key, pattern);
    }
    for (const hit of readHits(song, index, pattern)) {
      const span = harmonyAt(song.harmony, hit.tick);
      writeHit(song, index, hit, span, bass, voicings, notes);
    }
  });
  return notes;
}

function isWhole(song: Song, index: number): boolean {
  const bar = song.grid.bars[index];
  return bar.beats === bar.metreBeats;
}

function readHits(song: Song, index: number, pattern: Pattern): Hit[] {
  const bar = song.grid.bars[index];
  const step = slotTicks(bar.unit);
  const isPickup = index === 0 && bar.beats < bar.metreBeats;
  const hits = new Map<number, Hit>();
  cellsOfBar(pattern, bar.beats, bar.metreBeats, isPickup).forEach((cell, beat) => {
    for (let slot = 0; slot < cell.bass.length; slot++) {
      const [b, l, u] = [cell.bass[slot], cell.lower[slot], cell.upper[slot]];
      if (b === '.' && l === '.' && u === '.') continue;
      const tick = bar.start + beat * TICKS_PER_BEAT + slot * step;
      hits.set(tick, { tick, bass: b, lower: l, upper: u, isChange: false });
    }
  });
  const groove = song.grooves[index];
  if (groove) followGroove(hits, groove, bar.start, step);
  answerMelody(song, index, hits);
  markChanges(song, index, hits);
  return [...hits.values()].sort((a, b) => a.tick - b.tick);
}

/** Leaves out what the recording does not strike and adds chords on the eighths that it strikes hard. */
function followGroove(hits: Map<number, Hit>, groove: Groove, barStart: number, step: number): void {
  const byStrength = [...groove.all.keys()].sort((a, b) => groove.all[b] - groove.all[a] || a - b);
  let added = 0;
  for (const slot of byStrength) {
    const tick = barStart + slot * step;
    const hit = hits.get(tick);
    const isOnBeat = (tick - barStart) % TICKS_PER_BEAT === 0;
    if (hit && !isOnBeat && groove.all[slot] < DROP_UNDER) hits.delete(tick);
    if (hit || groove.all[slot] < ADD_FROM || slot % 2 === 1 || added >= MOST_ADDED) continue;
    hits.set(tick, { tick, bass: '.', lower: '.', upper: 'c', isChange: false });
    added++;
  }
}

/** Where the melody of the right hand rests on a beat, the hand has a chord there. */
function answerMelody(song: Song, index: number, hits: Map<number, Hit>): void {
  if (song.settings.melody !== 'include') return;
  const bar = song.grid.bars[index];
  for (let tick = bar.start; tick < bar.start + barTicks(bar); tick += TICKS_PER_BEAT) {
    if (song.melody.range(Math.max(0, tick - 12), tick + TICKS_PER_BEAT / 2) !== null) continue;
    const hit = hits.get(tick) ?? { tick, bass: '.', lower: '.', upper: '.', isChange: false };
    if (hit.upper === '.') hit.upper = 'c';
    hits.set(tick, hit);
  }
}

/** At the bar's start and at every chord change there is a bass note and a chord, whatever the pattern says. */
function markChanges(song: Song, index: number, hits: Map<number, Hit>): void {
  const bar = song.grid.bars[index];
  const end = bar.start + barTicks(bar);
  for (let tick = bar.start; tick < end; tick = harmonyAt(song.harmony, tick).end) {
    const hit = hits.get(tick) ?? { tick, bass: '.', lower: '.', upper: '.', isChange: true };
    hit.isChange = true;
    hit.bass = 'b';
    if (hit.upper !== 'c' && tick > bar.start) hit.upper = 'c';
    hits.set(tick, hit);
  }
}

function writeHit(
  song: Song,
  bar: number,
  hit: Hit,
  span: HarmonySpan,
  bassLine: BassLine,
  voicings: UpperVoicings,
  notes: LayerNote[],
): void {
  const { seed } = song.settings;
  const { label } = song.places[bar];
  const add = (layer: LayerNote['layer'], pitch: number, weight: number) =>
    notes.push({ layer, start: hit.tick, end: hit.tick, pitch, weight });
  const register = uniform(seed, 'bass register', label) < 0.35 ? 41 : 38;
  const bass = bassLine.over(span, register);
  if (hit.bass === 'b') add('bass', bass, hit.isChange ? 1 : 0.8);
  if (hit.bass === 'f') add('bass', bassLine.fifth(span), 0.7);
  const upper = hit.upper === '.' ? [] : voicings.at(hit.tick, bar, span);
  let { lower } = hit;
  // With little room under the melody the left hand takes the chord.
  if (hit.upper === 'c' && upper.length < 2 && lower === '.' && hit.bass === '.') lower = 'c';
  const tones = lowerTones(span, bass, voicings.floorAt(hit.tick, hit.tick + TICKS_PER_BEAT));
  if (lower === 'c') for (const pitch of tones.slice(-2)) add('lower', pitch, 0.5);
  else if (lower !== '.' && tones.length > 0) add('lower', reflect(tones, Number(lower)), 0.45);
  if (hit.upper === 'c') for (const pitch of upper) add('upper', pitch, hit.isChange ? 0.8 : 0.5);
  else if (hit.upper !== '.' && upper.length > 0) {
    add('upper', upper.at(-1 - (Number(hit.upper) % upper.length))!, 0.4);
  }
}

/** Index into tones, going back down past the top: 0 1 2 1 0 … */
function reflect(tones: readonly number[], index: number): number {
  if (tones.length === 1) return tones[0];
  const period = 2 * (tones.length - 1);
  const phase = index % period;
  return tones[phase < tones.length ? phase : period - phase];
}
