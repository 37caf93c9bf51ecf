import type { ArrangedNote, Arrangement, Level, MelodyMode } from '../../contract/arrangement.ts';
import { SongleafError } from '../../contract/errors.ts';
import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import { measureTake } from '../arranger/facts/measure-take.ts';
import { makePlayable, separateKeys } from '../arranger/playable.ts';
import { ENGINE_VERSION } from '../version.ts';
import { endOf } from './edit-take.ts';

/** Bars that come from one of the takes, both ends included. */
export interface Pick {
  /** Index into the takes. */
  take: number;
  first: number;
  last: number;
}

/** A stretch of ticks that comes from one take. */
interface Passage {
  take: Arrangement;
  from: number;
  to: number;
}

/** A note that sounds over a join and is not tied is struck again there if at least half a beat of it is left. */
const WORTH_STRIKING = TICKS_PER_BEAT / 2;

/**
 * Puts one take together from passages of several. A note that sounds over a join ends there, unless the next take holds
 * the same key at that moment: then it goes on for as long as that one does. What the next take holds and nobody has
 * struck is struck at the join. In the end both hands can hold everything, at the level of the hardest take.
 * @param picks all bars, in order
 * @throws SongleafError `bad-request` where bars are left out or named twice, `analysis-mismatch` where takes have other beats
 */
export function compTakes(takes: readonly Arrangement[], picks: readonly Pick[]): Arrangement {
  checkSameBeats(takes);
  checkPicks(takes, picks);
  const passages = layPassages(takes, picks);
  const used = [...new Set(passages.map(({ take }) => take))];
  const base = longest(passages);
  const lead = spliceNotes(passages, 'lead');
  // What was written again in one of the takes says nothing of the comp.
  const { rolls: _rolls, ...baseSettings } = base.settings;
  const settings = {
    ...baseSettings,
    level: hardest(used),
    melody: lead.length > 0 ? ('staff' as const) : melodyOf(used),
  };
  const comp = {
    ...base,
    engine: ENGINE_VERSION,
    settings,
    chords: spliceChords(passages, base),
    notes: makePlayable(spliceNotes(passages, 'notes'), settings.level),
    lead: separateKeys(lead),
  };
  return { ...comp, facts: measureTake(comp, null) };
}

/** @throws SongleafError `analysis-mismatch` where takes are of other songs, bars or beats than the first */
export function checkSameBeats(takes: readonly Arrangement[]): void {
  const grid = ({ song, bars, beatTimes }: Arrangement) => JSON.stringify([song.hash, bars, beatTimes]);
  const first = grid(takes[0]!);
  if (takes.every((take) => grid(take) === first)) return;
  throw new SongleafError(
    'analysis-mismatch',
    `The takes of “${takes[0]!.song.title}” were made from different beats, so their bars are not the same.`,
    'Choose takes that were written after the last correction of the beats, or write new ones.',
  );
}

function checkPicks(takes: readonly Arrangement[], picks: readonly Pick[]): void {
  let next = 0;
  for (const { take, first, last } of picks) {
    if (takes[take] === undefined || first !== next || last < first) throw badPicks();
    next = last + 1;
  }
  if (next !== takes[0]!.bars.length) throw badPicks();
}

function badPicks(): SongleafError {
  return new SongleafError(
    'bad-request',
    'Not every bar of the song comes from exactly one take.',
    'Choose the passages again.',
  );
}

/** Neighbouring picks of one take are one passage. */
function layPassages(takes: readonly Arrangement[], picks: readonly Pick[]): Passage[] {
  const { bars } = takes[0]!;
  const end = endOf(takes[0]!);
  const passages: Passage[] = [];
  for (const pick of picks) {
    const take = takes[pick.take]!;
    const to = bars[pick.last + 1]?.start ?? end;
    const before = passages.at(-1);
    if (before?.take === take) before.to = to;
    else passages.push({ take, from: bars[pick.first]!.start, to });
  }
  return passages;
}

/** The take that most of the comp comes from; the earlier one where two give as much. */
function longest(passages: readonly Passage[]): Arrangement {
  const ticks = new Map<Arrangement, number>();
  for (const { take, from, to } of passages) ticks.set(take, (ticks.get(take) ?? 0) + to - from);
  const most = Math.max(...ticks.values());
  return [...ticks].find(([, own]) => own === most)![0];
}

const levels: readonly Level[] = ['easy', 'intermediate', 'full'];

function hardest(takes: readonly Arrangement[]): Level {
  return levels[Math.max(...takes.map(({ settings }) => levels.indexOf(settings.level)))]!;
}

function melodyOf(takes: readonly Arrangement[]): MelodyMode {
  const modes = takes.map(({ settings }) => settings.melody);
  return modes.includes('include') ? 'include' : modes[0]!;
}

function spliceNotes(passages: readonly Passage[], list: 'notes' | 'lead'): ArrangedNote[] {
  const spliced: ArrangedNote[] = [];
  /** What would sound on over the last join, by pitch. */
  let held = new Map<number, ArrangedNote>();
  for (const { take, from, to } of passages) {
    const reaching = new Map<number, ArrangedNote>();
    for (const note of take[list]) {
      const end = note.start + note.duration;
      if (note.start >= to || end <= from) continue;
      const before = note.start < from ? held.get(note.pitch) : undefined;
      if (note.start < from && before === undefined && end - from < WORTH_STRIKING) continue;
      const own = before ?? { ...note, start: Math.max(note.start, from) };
      own.duration = Math.min(end, to) - own.start;
      if (before === undefined) spliced.push(own);
      if (end > to) reaching.set(note.pitch, own);
    }
    held = reaching;
  }
  return spliced;
}

type Chord = Arrangement['chords'][number];

/** The chords that each passage was written over: they can differ where chords were corrected between takes. */
function spliceChords(passages: readonly Passage[], base: Arrangement): Chord[] {
  const text = JSON.stringify(base.chords);
  if (passages.every(({ take }) => JSON.stringify(take.chords) === text)) return base.chords;
  const name = ({ root, quality, bass }: Chord) => JSON.stringify([root, quality, bass]);
  const spliced: Chord[] = [];
  for (const { take, from, to } of passages) {
    for (const chord of take.chords) {
      const start = Math.max(chord.start, from);
      const end = Math.min(chord.start + chord.duration, to);
      if (end <= start) continue;
      const before = spliced.at(-1);
      const goesOn =
        start === from && chord.start < from && before !== undefined && name(before) === name(chord);
      if (goesOn && before.start + before.duration === start) before.duration = end - before.start;
      else spliced.push({ ...chord, start, duration: end - start });
    }
  }
  return spliced;
}
