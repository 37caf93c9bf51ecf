import type { ArrangedNote, Arrangement } from '../../contract/arrangement.ts';
import { assignHands, handLimits } from './hands.ts';
import { signMeasures } from './key-signatures.ts';
import { markSections, timeAt } from './marks.ts';
import type { MeasureFrame } from './measure-frames.ts';
import { midiText, Order, type TimedEvent } from './midi-file.ts';
import type { MidiGrid } from './midi-grid.ts';

const ACOUSTIC_GRAND = 0;
const CHOIR_AAHS = 52;

/**
 * Name of the song, time and key signatures, sections as markers.
 *
 * @param isWhole whether what stands before the first full bar, silence and pickup, makes up whole bars: if not, a
 *   pickup is a bar of its own length
 */
export function songEvents(
  arrangement: Arrangement,
  frames: readonly MeasureFrame[],
  grid: MidiGrid,
  isWhole: boolean,
): TimedEvent[] {
  const events: TimedEvent[] = [text(0, 'trackName', midiText(arrangement.song.title) || 'Untitled')];
  const keys = signMeasures(arrangement.keys, frames);
  const sections = markSections(arrangement.sections, frames);
  frames.forEach((frame, at) => {
    const tick = grid.toMidi(frame.start);
    const ownPickup = !isWhole && frames[0]!.lead > 0;
    const time = ownPickup && at === 1 ? frame.time : timeAt(frames, at);
    if (time) {
      const share = ownPickup && at === 0 ? frame.length / (frame.length + frame.lead) : 1;
      events.push(timeSignature(isWhole && at === 0 ? 0 : tick, time.beats * share, time.beatType));
    }
    if (at === 0 || keys[at]!.fifths !== keys[at - 1]!.fifths) {
      const { fifths, mode } = keys[at]!;
      events.push({
        tick: at === 0 ? 0 : tick,
        order: Order.signature,
        event: { type: 'keySignature', key: fifths, scale: mode === 'minor' ? 1 : 0 },
      });
    }
    if (sections.has(at)) events.push(text(tick, 'marker', midiText(sections.get(at)!)));
  });
  return events;
}

export function timeSignature(tick: number, numerator: number, denominator: number): TimedEvent {
  // MIDI clocks (24 a quarter) of a metronome click: the beat, which in 6/8 is a dotted quarter.
  const metronome = denominator === 8 && numerator % 3 === 0 ? 36 : 96 / denominator;
  return {
    tick,
    order: Order.signature,
    event: { type: 'timeSignature', numerator, denominator, metronome, thirtyseconds: 8 },
  };
}

export function setTempo(tick: number, microsecondsPerQuarter: number): TimedEvent {
  return {
    tick,
    order: Order.signature,
    event: { type: 'setTempo', microsecondsPerBeat: microsecondsPerQuarter },
  };
}

function text(tick: number, type: 'trackName' | 'marker', value: string): TimedEvent {
  return { tick, order: Order.text, event: { type, text: value } };
}

/** Right hand, left hand and, where there is one, the melody's own staff, each a track. */
export function noteTracks(
  { notes, lead, settings, bars }: Arrangement,
  grid: MidiGrid,
  velocityOf: (note: ArrangedNote) => number,
): TimedEvent[][] {
  const { hands } = assignHands(notes, handLimits[settings.level], bars);
  const track = (name: string, channel: number, programNumber: number, own: readonly ArrangedNote[]) => [
    text(0, 'trackName', name),
    { tick: 0, order: Order.program, event: { type: 'programChange' as const, channel, programNumber } },
    ...own.flatMap((note) => noteEvents(note, channel, grid, velocityOf(note))),
  ];
  const tracks = [
    track(
      'Right hand',
      0,
      ACOUSTIC_GRAND,
      notes.filter((_, index) => hands[index] === 'right'),
    ),
    track(
      'Left hand',
      1,
      ACOUSTIC_GRAND,
      notes.filter((_, index) => hands[index] === 'left'),
    ),
  ];
  if (lead.length > 0) tracks.push(track('Melody', 2, CHOIR_AAHS, lead));
  return tracks;
}

function noteEvents(note: ArrangedNote, channel: number, grid: MidiGrid, velocity: number): TimedEvent[] {
  const key = { channel, noteNumber: note.pitch };
  return [
    { tick: grid.toMidi(note.start), order: Order.noteOn, event: { type: 'noteOn', ...key, velocity } },
    {
      tick: grid.toMidi(note.start + note.duration),
      order: Order.noteOff,
      event: { type: 'noteOff', ...key, velocity: 0 },
    },
  ];
}
