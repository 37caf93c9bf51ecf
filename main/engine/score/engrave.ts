import type { ArrangedNote, Arrangement } from '../../contract/arrangement.ts';
import { SongleafError } from '../../contract/errors.ts';
import { defaultScoreOptions, type ScoreOptions } from '../../contract/score-options.ts';
import { changeClefs } from './clefs.ts';
import { dropTails } from './drop-tails.ts';
import { setFermatas } from './fermata.ts';
import { setFingers } from './fingering.ts';
import { assignHands } from './hands.ts';
import { writeHarmonies } from './harmony.ts';
import { keySignature, signMeasures } from './key-signatures.ts';
import { fillLastBar } from './last-bar.ts';
import { markSections, swingAt, tempoAt, timeAt } from './marks.ts';
import { frameMeasures, type MeasureFrame, measureAt } from './measure-frames.ts';
import { setOctaveLines } from './octave-lines.ts';
import { harmonyChanges, setPedal } from './pedal.ts';
import { type Reading, readTake } from './reading.ts';
import { foldRepeats } from './repeats.ts';
import type { Harmony, KeySignature, Measure, Part, Score } from './score.ts';
import { markDynamics, setDynamics } from './section-dynamics.ts';
import { shareStems } from './shared-stems.ts';
import { makeSpeller } from './speller.ts';
import type { KeyContext } from './spelling.ts';
import { type StaffPlan, voiceStaff, writeStaff } from './staff.ts';
import { releaseStruckKeys } from './struck-keys.ts';
import { straightenSwing } from './swing.ts';
import { breakSystems } from './systems.ts';
import { transpose } from './transpose.ts';
import type { StaffVoices } from './voices.ts';

/** General MIDI programmes: acoustic grand piano, choir aahs (what notation programs use for a singer). */
const PIANO = 1;
const VOICE = 53;

/**
 * Engraves an arrangement: swing, hands, voices, note values, spelling, beams, form, and then what is laid around the
 * notes. The melody's own staff, where there is one, is a part above the piano and carries the chord symbols. Every
 * note of the arrangement is written, at its tick where that can be written and at the nearest place otherwise
 * (`snap.ts`).
 *
 * @param reading how the notes are meant; as a take's where it is left out
 * @throws SongleafError `score-invalid` where bars are not contiguous or notes lie outside them, `bad-request` where
 *   transposing would lead off the piano
 */
export function engrave(
  given: Arrangement,
  options: ScoreOptions = defaultScoreOptions,
  reading: Reading = readTake(given.settings.level),
): Score {
  const whole = reading.durations === 'arranged' ? fillLastBar(given) : given;
  const { arrangement, swings } = straightenSwing(transpose(addLead(whole, options), options.transpose));
  const frames = frameMeasures(arrangement.bars);
  checkInside(arrangement.notes, frames);
  checkInside(arrangement.lead, frames);
  const { leadSheetAlone } = options;
  const written = writeParts(arrangement, frames, swings, { reading, leadSheetAlone });
  const sections = written[0]!.measures.flatMap(({ rehearsal }, at) => (rehearsal === null ? [] : [at]));
  const { parts, sources } = options.repeats
    ? foldRepeats(written, sections)
    : { parts: written, sources: frames.map((_, at) => at) };
  layOut(parts, sources, arrangement, frames, options);
  return {
    title: arrangement.song.title.trim() || 'Untitled',
    composer: arrangement.song.artist.trim(),
    parts: leadSheetAlone ? parts.slice(0, 1) : parts,
  };
}

/** The melody that the piano plays as a part of its own, where that is asked for. */
function addLead(arrangement: Arrangement, { leadSheet, leadSheetAlone }: ScoreOptions): Arrangement {
  if (!(leadSheet || leadSheetAlone) || arrangement.lead.length > 0) return arrangement;
  return { ...arrangement, lead: arrangement.notes.filter(({ role }) => role === 'melody') };
}

function writeParts(
  arrangement: Arrangement,
  frames: readonly MeasureFrame[],
  swings: readonly boolean[],
  { reading, leadSheetAlone }: { reading: Reading; leadSheetAlone: boolean },
): Part[] {
  const keys = signMeasures(arrangement.keys, frames);
  const keyAt = localKeys(arrangement, frames, keys);
  const spell = makeSpeller(arrangement, (tick) => keys[measureAt(frames, tick)]!.fifths, keyAt);
  const harmonies = writeHarmonies(arrangement.chords, frames, keyAt);
  const makeMarks = () => markMeasures(arrangement, frames, keys, swings);
  const plans = pianoStaves(arrangement, reading);
  const voiced = plans.map((plan) => voiceStaff(plan, frames));
  const released = reading.durations === 'arranged' ? letGo(voiced, frames) : voiced;
  const piano = plans.map((plan, at) => writeStaff(plan, released[at]!, frames, keys, spell));
  const hasLead = leadSheetAlone || arrangement.settings.melody === 'staff' || arrangement.lead.length > 0;
  const parts: Part[] = [];
  if (hasLead) {
    const plan: StaffPlan = {
      staff: 1,
      voices: [1],
      notes: arrangement.lead,
      durations: reading.durations,
      span: null,
    };
    const staff = writeStaff(plan, voiceStaff(plan, frames), frames, keys, spell);
    const measures = makeMarks().map((marks, at) => ({
      ...marks,
      harmonies: harmonies[at]!,
      voices: staff[at]!,
    }));
    const voice = { name: 'Melody', abbreviation: 'Mel.', program: VOICE, staves: 1, sung: true };
    parts.push({ id: 'P1', ...voice, measures });
  }
  const none: Harmony[] = [];
  parts.push({
    id: `P${parts.length + 1}`,
    name: 'Piano',
    abbreviation: 'Pno.',
    program: PIANO,
    staves: 2,
    sung: false,
    measures: makeMarks().map((marks, at) => ({
      ...marks,
      // Marks over the system stand once, over its top part.
      ...(hasLead ? { tempo: null, swing: null, rehearsal: null } : {}),
      harmonies: hasLead ? none : harmonies[at]!,
      voices: piano.flatMap((staff) => staff[at]!),
    })),
  });
  return parts;
}

/** Where the hands of a take let go for one another, on plain places. */
function letGo(staves: readonly StaffVoices[], frames: readonly MeasureFrame[]): StaffVoices[] {
  return releaseStruckKeys(staves, frames).map(([upper, lower]) =>
    shareStems([dropTails(upper, frames), dropTails(lower, frames)]),
  );
}

/** What is laid around the notes of the printed measures, each of which shows a measure of the song (`sources`). */
function layOut(
  parts: readonly Part[],
  sources: readonly number[],
  { sections, chords, loudness }: Arrangement,
  frames: readonly MeasureFrame[],
  options: ScoreOptions,
): void {
  const piano = parts[parts.length - 1]!;
  changeClefs(piano);
  setOctaveLines(piano);
  setFermatas(parts);
  if (options.fingering) for (const staff of [1, 2]) setFingers(piano.measures, staff);
  if (options.pedal) {
    const changes = harmonyChanges(chords, frames);
    setPedal(
      piano.measures,
      sources.map((source) => changes[source]!),
    );
  }
  if (options.dynamics && loudness) {
    const dynamics = markDynamics(loudness, sections, frames);
    setDynamics(
      piano.measures,
      sources.map((source) => dynamics.get(source) ?? null),
    );
  }
  breakSystems(parts, options);
}

function checkInside(notes: readonly ArrangedNote[], frames: readonly MeasureFrame[]): void {
  const start = frames[0]!.start;
  const { end } = frames[frames.length - 1]!;
  const outside = notes.find((note) => note.start < start || note.start >= end);
  if (!outside) return;
  throw new SongleafError(
    'score-invalid',
    `A note at tick ${outside.start} lies outside the bars of the arrangement (${start} to ${end}).`,
    'Arrange the song again.',
  );
}

function pianoStaves({ notes, bars }: Arrangement, { limits, durations }: Reading): StaffPlan[] {
  const { hands } = assignHands(notes, limits, bars);
  const { span } = limits;
  return [
    {
      staff: 1,
      voices: [1, 2],
      notes: notes.filter((_, index) => hands[index] === 'right'),
      durations,
      span,
    },
    { staff: 2, voices: [5, 6], notes: notes.filter((_, index) => hands[index] === 'left'), durations, span },
  ];
}

/**
 * The key that holds at a tick, short stays included, on the side of the line of fifths that the printed signature is
 * on: a bar of B major in a song in G flat is read as C flat.
 */
function localKeys(
  { keys }: Arrangement,
  frames: readonly MeasureFrame[],
  printed: readonly KeySignature[],
): (tick: number) => KeyContext {
  const sorted = [...keys].sort((a, b) => a.start - b.start);
  return (tick) => {
    const key = sorted.findLast(({ start }) => start <= tick) ?? sorted[0]!;
    const { fifths, mode } = keySignature(key);
    const away = fifths - printed[measureAt(frames, tick)]!.fifths;
    const turns = Math.abs(away) > 6 ? Math.sign(away) : 0;
    return { fifths: fifths - 12 * turns, mode };
  };
}

/** What stands over and at the ends of the measures, whatever the part. */
function markMeasures(
  { sections, bpm }: Arrangement,
  frames: readonly MeasureFrame[],
  keys: readonly KeySignature[],
  swings: readonly boolean[],
): Omit<Measure, 'harmonies' | 'voices'>[] {
  const rehearsals = markSections(sections, frames);
  const hasPickup = frames[0]!.lead > 0;
  return frames.map((frame, at): Omit<Measure, 'harmonies' | 'voices'> => {
    const key = keys[at]!;
    const isLast = at === frames.length - 1;
    // A pickup belongs to the section that it leads into.
    const changesKey = !isLast && keys[at + 1]!.fifths !== key.fifths;
    const endsSection = rehearsals.has(at + 1) && !(at === 0 && hasPickup);
    return {
      number: String(hasPickup ? at : at + 1),
      implicit: at === 0 && hasPickup,
      length: frame.length,
      key: at > 0 && keys[at - 1]!.fifths === key.fifths ? null : key,
      time: timeAt(frames, at),
      tempo: tempoAt(frames, at, bpm),
      swing: swingAt(swings, at),
      rehearsal: rehearsals.get(at) ?? null,
      clefs: [],
      directions: [],
      rightBarline: isLast ? 'final' : endsSection || changesKey ? 'double' : 'single',
      repeatStart: false,
      repeatEnd: false,
      ending: null,
      systemStart: false,
    };
  });
}
