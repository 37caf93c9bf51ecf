import type { Analysis } from '../../contract/analysis.ts';
import {
  ARRANGEMENT_VERSION,
  type ArrangedNote,
  type Arrangement,
  type ArrangeSettings,
  MOST_ROLLS,
  type ModelName,
  type Roll,
} from '../../contract/arrangement.ts';
import { SongleafError } from '../../contract/errors.ts';
import { findWeightsDir } from '../places.ts';
import type { Evidence } from '../transcription/evidence.ts';
import type { NetworkOptions } from '../transcription/network.ts';
import { ENGINE_VERSION } from '../version.ts';
import { a2sModel } from './a2s/a2s-model.ts';
import { chordsModel } from './chords/chords-model.ts';
import { measureTake } from './facts/measure-take.ts';
import { ownModel } from './own/own-model.ts';
import { cutPassage, cutSpan } from './passage.ts';
import { makePlayable, separateKeys } from './playable.ts';
import { reductionModel } from './reduction/reduction-model.ts';
import { layOutSong } from './song.ts';
import { barIndexAt } from './song-grid.ts';
import { sungNotes, toArranged } from './velocity.ts';

/** Something that writes piano notes for a song. */
export interface ArrangerModel {
  readonly name: ModelName;
  /**
   * Writes the piano's notes on the analysis' ticks, melody included where `settings.melody` is `include`. The notes
   * need not be sorted or playable: `arrange` sees to that. Equal arguments and networks give equal notes.
   * @param kept part of a take that stays; what is written in its place does not count
   * @throws SongleafError `model-missing`, `model-corrupt` where the model has networks
   */
  arrange(
    analysis: Analysis,
    evidence: Evidence,
    settings: ArrangeSettings,
    networks: NetworkOptions,
    kept?: KeptBars,
  ): ArrangedNote[] | Promise<ArrangedNote[]>;
}

/** The part of a take that stays where some of its bars are written again. */
export interface KeptBars {
  /** The take's notes, in the bars that stay and in the others. */
  notes: readonly ArrangedNote[];
  /** Whether each bar stays. */
  stays: readonly boolean[];
}

const models: Record<ModelName, ArrangerModel> = {
  chords: chordsModel,
  reduction: reductionModel,
  songleaf: ownModel,
  a2s: a2sModel,
};

/**
 * Makes one take. It depends on nothing but its arguments and the engine's version: the same bytes each time.
 * Every take is playable: `assignHands` finds nothing to object to at the level's limits.
 * @param networks where the networks lie, and their threads; beside the program, the runtime's choice where left out
 * @throws SongleafError `analysis-invalid` when the analysis has no beats or beats out of order, `bad-request` where
 * `settings.passage` begins behind the song's end, and what the model can throw
 */
export async function arrange(
  analysis: Analysis,
  evidence: Evidence,
  settings: ArrangeSettings,
  networks: NetworkOptions = { weightsDir: findWeightsDir(), threads: 0 },
): Promise<Arrangement> {
  const { rolls = [], ...first } = settings;
  let take = withFacts(cutOut(await write(analysis, evidence, first, networks), first), evidence);
  for (const roll of rolls) take = await rollBars(take, analysis, evidence, roll, networks);
  return take;
}

/**
 * Writes some bars of a take again with another seed; the rest stays, but for notes that reach into the new bars, which
 * end where those begin, and what two hands could not hold together with them. The take's settings remember it.
 * @throws SongleafError `analysis-mismatch` where the take was made from other beats, `bad-request` where it lacks one
 * of the bars or has been rolled too often, and what `arrange` can throw
 */
export async function rollBars(
  take: Arrangement,
  analysis: Analysis,
  evidence: Evidence,
  roll: Roll,
  networks: NetworkOptions = { weightsDir: findWeightsDir(), threads: 0 },
): Promise<Arrangement> {
  const { rolls = [], ...first } = take.settings;
  checkRoll(take, roll);
  const fresh = new Set(roll.bars);
  const { grid } = layOutSong(analysis, evidence, first);
  const from = first.passage?.first ?? 0;
  const shift = grid.bars[from]?.start ?? 0;
  const kept = {
    notes: take.notes.map((note) => ({ ...note, start: note.start + shift })),
    stays: grid.bars.map((_, bar) => bar >= from && bar < from + take.bars.length && !fresh.has(bar - from)),
  };
  const whole = await write(analysis, evidence, { ...first, seed: roll.seed }, networks, kept);
  const again = cutOut(whole, first);
  if (JSON.stringify(again.bars) !== JSON.stringify(take.bars)) {
    throw new SongleafError(
      'analysis-mismatch',
      `The take of “${take.song.title}” was made from other beats.`,
      'Write a new take.',
    );
  }
  const stays = take.bars.map((_, bar) => !fresh.has(bar));
  const chosen = chooseNotes(take.notes, again.notes, take.bars, stays);
  const notes = makePlayable(endAtBorders(chosen, take.bars, stays), first.level);
  const lead = endAtNext(chooseNotes(take.lead, again.lead, take.bars, stays));
  return withFacts({ ...again, settings: { ...first, rolls: [...rolls, roll] }, notes, lead }, evidence);
}

function checkRoll({ bars, settings, song }: Arrangement, roll: Roll): void {
  if (roll.bars.some((bar) => bar >= bars.length)) {
    throw new SongleafError(
      'bad-request',
      `The take of “${song.title}” has ${bars.length} bars, not ${Math.max(...roll.bars) + 1}.`,
      'Choose bars that it has.',
    );
  }
  if ((settings.rolls?.length ?? 0) >= MOST_ROLLS) {
    throw new SongleafError(
      'bad-request',
      `Bars of this take of “${song.title}” were written again ${MOST_ROLLS} times.`,
      'Write a new take.',
    );
  }
}

function cutOut(take: Arrangement, { passage }: ArrangeSettings): Arrangement {
  return passage ? { ...cutPassage(take, passage), settings: take.settings } : take;
}

function withFacts(take: Arrangement, evidence: Evidence): Arrangement {
  return { ...take, facts: measureTake(take, evidence) };
}

/** Notes of the bars that stay, and new ones elsewhere. */
function chooseNotes(
  kept: readonly ArrangedNote[],
  fresh: readonly ArrangedNote[],
  bars: Arrangement['bars'],
  stays: readonly boolean[],
): ArrangedNote[] {
  const isIn = (note: ArrangedNote, staying: boolean) => stays[barIndexAt(bars, note.start)] === staying;
  return [...kept.filter((note) => isIn(note, true)), ...fresh.filter((note) => isIn(note, false))];
}

/** A note ends where a bar of the other kind begins. */
function endAtBorders(
  notes: readonly ArrangedNote[],
  bars: Arrangement['bars'],
  stays: readonly boolean[],
): ArrangedNote[] {
  const edges = bars.flatMap((bar, i) => (i > 0 && stays[i] !== stays[i - 1] ? [bar.start] : []));
  return notes.map((note) => {
    const edge = edges.find((tick) => tick > note.start);
    return edge === undefined ? note : { ...note, duration: Math.min(note.duration, edge - note.start) };
  });
}

/** One voice goes on over the borders, up to its next note. */
function endAtNext(voice: readonly ArrangedNote[]): ArrangedNote[] {
  const notes = voice.toSorted((a, b) => a.start - b.start);
  return notes.map((note, i) => {
    const room = (notes[i + 1]?.start ?? Number.POSITIVE_INFINITY) - note.start;
    return room > 0 && room < note.duration ? { ...note, duration: room } : note;
  });
}

async function write(
  analysis: Analysis,
  evidence: Evidence,
  settings: ArrangeSettings,
  networks: NetworkOptions,
  kept?: KeptBars,
): Promise<Arrangement> {
  const song = layOutSong(analysis, evidence, settings);
  const { grid } = song;
  const written = await models[settings.model].arrange(analysis, evidence, settings, networks, kept);
  const lead = settings.melody === 'staff' ? separateKeys(toArranged(sungNotes(song.sung), song)) : [];
  return {
    format: 'songleaf-arrangement',
    version: ARRANGEMENT_VERSION,
    engine: ENGINE_VERSION,
    song: { ...analysis.song },
    settings: { ...settings },
    beatTimes: grid.beatTimes,
    bpm: analysis.tempo.bpm,
    bars: grid.bars,
    metres: grid.metres,
    keys: analysis.keys.map((key) => ({ ...key })),
    chords: analysis.chords
      .filter((chord) => chord.start < grid.end)
      .map((chord) => cutSpan(chord, 0, grid.end)),
    sections: analysis.sections
      .filter((section) => section.start < grid.end)
      .map((section) => cutSpan(section, 0, grid.end)),
    // A tenth of a dB is finer than any ear.
    ...(evidence.frames > 0 ? { loudness: song.dynamics.map((each) => Math.round(each * 10) / 10 + 0) } : {}),
    notes: makePlayable(written, settings.level),
    lead,
  };
}
