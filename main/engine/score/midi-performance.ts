import type { Arrangement } from '../../contract/arrangement.ts';
import { SongleafError } from '../../contract/errors.ts';
import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import { pedalTake } from '../performance/pedalling.ts';
import { frameMeasures, type MeasureFrame } from './measure-frames.ts';
import { Order, PPQ, type TimedEvent, writeMidiFile } from './midi-file.ts';
import { layMidiGrid, type MidiGrid } from './midi-grid.ts';
import { noteTracks, setTempo, songEvents, timeSignature } from './midi-tracks.ts';
import { DIVISIONS } from './score.ts';

/** A tempo is written in 24 bits. */
const LONGEST_QUARTER = 0xff_ff_ff;

/**
 * The arrangement as it sounds with the recording: a Standard MIDI File whose bars are the song's bars and whose times
 * are the recording's times. Played from its start next to the recording, every note falls on its beat.
 *
 * @throws SongleafError `analysis-invalid` where a beat is too long or too short to be written as a tempo;
 *   `score-invalid` where bars are not contiguous
 */
export function writePerformanceMidi(arrangement: Arrangement): Uint8Array {
  const frames = frameMeasures(arrangement.bars);
  const lead = planLead(arrangement, frames[0]!);
  const grid = layMidiGrid(frames, lead.length);
  const conductor = [
    ...(lead.division === null ? [] : [timeSignature(0, 1, lead.division)]),
    ...songEvents(arrangement, frames, grid, lead.isWhole),
    ...followBeats(arrangement.beatTimes, frames, grid, lead.length),
  ];
  const tracks = noteTracks(arrangement, grid, (note) => note.velocity);
  const [hands, melody] = [tracks.slice(0, HANDS), tracks.slice(HANDS)];
  const pedalled = hands.map((track, channel) => [...track, ...pedalEvents(arrangement, grid, channel)]);
  return writeMidiFile([conductor, ...pedalled, ...melody]);
}

/** Tracks that play the piano. */
const HANDS = 2;
/** MIDI controller of the sustaining pedal. */
const SUSTAIN = 64;

/** Both hands' channels hear the one pedal. */
function pedalEvents(arrangement: Arrangement, grid: MidiGrid, channel: number): TimedEvent[] {
  const set = (tick: number, value: number): TimedEvent => ({
    tick: grid.toMidi(tick),
    order: Order.program,
    event: { type: 'controller', channel, controllerType: SUSTAIN, value },
  });
  return pedalTake(arrangement).flatMap(({ down, up }) => [set(down, 127), set(up, 0)]);
}

interface Lead {
  /** MIDI ticks before the first beat. */
  length: number;
  /** Whether lead and pickup together are whole bars of the song's metre. */
  isWhole: boolean;
  /** Note value of a lead that is shorter: 4 is a quarter, 32 a 32nd. */
  division: number | null;
}

/**
 * What comes before the first beat. The recording's time before it becomes silent bars at a steady tempo of their own:
 * as many whole bars as come nearest to the song's tempo, a pickup completed to a whole bar, so that the bar lines of
 * the whole file follow one metre. A lead shorter than half a beat is a bar of a 32nd to a quarter instead, which
 * keeps its tempo a playable one; a pickup then is a bar of its own length.
 */
function planLead({ beatTimes, bpm }: Arrangement, first: MeasureFrame): Lead {
  const offset = beatTimes[0]!;
  // Less than a microsecond cannot be written.
  if (Math.round(offset * 1e6) === 0) return { length: 0, isWhole: false, division: null };
  const beats = (offset * bpm) / 60;
  if (beats >= 0.5) {
    const barLength = midiLength(first.length + first.lead);
    const missing = midiLength(first.lead);
    const beatLength = midiLength((first.length * TICKS_PER_BEAT) / (first.end - first.start));
    const fewest = missing > 0 ? 0 : 1;
    const bars = Math.max(fewest, Math.round((beats * beatLength - missing) / barLength));
    return { length: missing + bars * barLength, isWhole: true, division: null };
  }
  const distance = (division: number) => Math.abs(Math.log(quartersOf(division) / beats));
  const division = [32, 16, 8, 4].reduce((best, each) => (distance(each) < distance(best) ? each : best));
  return { length: quartersOf(division) * PPQ, isWhole: false, division };
}

function midiLength(divisions: number): number {
  return (divisions * PPQ) / DIVISIONS;
}

function quartersOf(division: number): number {
  return 4 / division;
}

/**
 * One tempo for the lead and one for every beat. Each is chosen so that the beat's end, counted from the start of the
 * file in the whole microseconds already written, lies nearest to its time: roundings do not add up.
 */
function followBeats(
  beatTimes: readonly number[],
  frames: readonly MeasureFrame[],
  grid: MidiGrid,
  lead: number,
): TimedEvent[] {
  const events: TimedEvent[] = [];
  let elapsed = 0;
  const reach = (tick: number, length: number, seconds: number, what: string) => {
    const quarters = length / PPQ;
    const tempo = Math.round((seconds * 1e6 - elapsed) / quarters);
    if (!(tempo >= 1 && tempo <= LONGEST_QUARTER)) {
      throw new SongleafError(
        'analysis-invalid',
        `${what} lasts ${seconds - elapsed / 1e6} s, which cannot be written as a MIDI tempo.`,
        'Correct the beats of the song, or analyse it again.',
      );
    }
    events.push(setTempo(tick, tempo));
    elapsed += tempo * quarters;
  };
  if (lead > 0) reach(0, lead, beatTimes[0]!, 'The time before the first beat');
  const last = Math.min(beatTimes.length - 1, frames[frames.length - 1]!.end / TICKS_PER_BEAT);
  for (let beat = 0; beat < last; beat++) {
    const tick = beat * TICKS_PER_BEAT;
    reach(grid.toMidi(tick), grid.beatLength(tick), beatTimes[beat + 1]!, `Beat ${beat + 1}`);
  }
  return events;
}
