import fc from 'fast-check';
import { type MidiEvent, parseMidi } from 'midi-file';
import { describe, expect, it } from 'vitest';
import type { Arrangement } from '../../../main/contract/arrangement.ts';
import { midiText } from '../../../main/engine/score/midi-file.ts';
import { writePerformanceMidi } from '../../../main/engine/score/midi-performance.ts';
import { writeScoreMidi } from '../../../main/engine/score/midi-score.ts';
import { tickToSeconds } from '../../../main/engine/score/time.ts';
import { anyArrangement, makeArrangement, makeBars, note, readArrangement } from './arrangements.ts';

type At<E> = E & { tick: number };

function eventsOf(track: readonly MidiEvent[]): At<MidiEvent>[] {
  let tick = 0;
  return track.map((event) => {
    tick += event.deltaTime;
    return { ...event, tick };
  });
}

/** Seconds at a MIDI tick, worked out from the file's tempo events alone. */
function clockOf(bytes: Uint8Array): (tick: number) => number {
  const { header, tracks } = parseMidi(bytes);
  const stretches = [{ from: 0, microseconds: 0, tempo: 500_000 }];
  for (const event of eventsOf(tracks[0]!)) {
    if (event.type !== 'setTempo') continue;
    const { from, microseconds, tempo } = stretches.at(-1)!;
    const elapsed = ((event.tick - from) / header.ticksPerBeat!) * tempo;
    stretches.push({
      from: event.tick,
      microseconds: microseconds + elapsed,
      tempo: event.microsecondsPerBeat,
    });
  }
  return (tick) => {
    const { from, microseconds, tempo } = stretches.findLast((each) => each.from <= tick)!;
    return (microseconds + ((tick - from) / header.ticksPerBeat!) * tempo) / 1e6;
  };
}

interface Played {
  pitch: number;
  velocity: number;
  start: number;
  end: number;
}

function notesOf(bytes: Uint8Array, clock: (tick: number) => number): Played[] {
  return parseMidi(bytes)
    .tracks.flatMap((track) => {
      const played: Played[] = [];
      const open = new Map<number, Played>();
      for (const event of eventsOf(track)) {
        if (event.type === 'noteOn') {
          const own = {
            pitch: event.noteNumber,
            velocity: event.velocity,
            start: clock(event.tick),
            end: -1,
          };
          played.push(own);
          open.set(event.noteNumber, own);
        } else if (event.type === 'noteOff') {
          open.get(event.noteNumber)!.end = clock(event.tick);
          open.delete(event.noteNumber);
        }
      }
      expect(open.size).toBe(0);
      return played;
    })
    .sort((a, b) => a.start - b.start || a.pitch - b.pitch || a.velocity - b.velocity);
}

/** Beats that drift and jump, in 0.1 ms steps, after an offset that may be nothing or much. */
const anyTiming = fc.record({
  offset: fc.oneof(
    fc.constant(0),
    fc.double({ min: 0.000_001, max: 0.3, noNaN: true }),
    fc.double({ min: 0.3, max: 40, noNaN: true }),
  ),
  lengths: fc.array(fc.integer({ min: 1000, max: 20_000 }), { minLength: 60, maxLength: 60 }),
});

const anyTimed = fc
  .tuple(anyArrangement(), anyTiming)
  .map(([arrangement, { offset, lengths }]): Arrangement => {
    const beatTimes = [offset];
    while (beatTimes.length < arrangement.beatTimes.length) {
      beatTimes.push(beatTimes.at(-1)! + lengths[beatTimes.length % 60]! / 10_000);
    }
    return { ...arrangement, beatTimes, bpm: 60 / 1.05 };
  });

describe('writePerformanceMidi', () => {
  it('puts every note within a millisecond of the recording, whatever its beats', () => {
    fc.assert(
      fc.property(anyTimed, (arrangement) => {
        const bytes = writePerformanceMidi(arrangement);
        const wanted = [...arrangement.notes, ...arrangement.lead]
          .map((each) => ({
            ...each,
            from: tickToSeconds(arrangement.beatTimes, each.start),
            to: tickToSeconds(arrangement.beatTimes, each.start + each.duration),
          }))
          .sort((a, b) => a.from - b.from || a.pitch - b.pitch || a.velocity - b.velocity);
        const played = notesOf(bytes, clockOf(bytes));
        expect(played.map((each) => each.pitch)).toEqual(wanted.map((each) => each.pitch));
        const ends = played.map((each) => each.end).sort((a, b) => a - b);
        const wantedEnds = wanted.map((each) => each.to).sort((a, b) => a - b);
        const errors = played.flatMap((each, at) => [
          Math.abs(each.start - wanted[at]!.from),
          Math.abs(ends[at]! - wantedEnds[at]!),
        ]);
        expect(Math.max(0, ...errors)).toBeLessThan(0.001);
      }),
      { numRuns: 40, seed: 21 },
    );
  });

  it('does not drift over half an hour of beats that microseconds cannot say', () => {
    const bars = makeBars(Array.from({ length: 900 }, () => ({ beats: 4 })));
    const beatTimes = Array.from({ length: 3601 }, (_, beat) => 0.7 + beat / 1.999_999_7);
    const bytes = writePerformanceMidi(
      makeArrangement({ bars, beatTimes, notes: [note(3599 * 48, 48, 60)] }),
    );
    const [last] = notesOf(bytes, clockOf(bytes));
    expect(Math.abs(last!.start - beatTimes[3599]!)).toBeLessThan(0.000_01);
  });

  it.each([
    ['a long introduction', 9.2, 4],
    ['two beats', 1, 4],
    ['a pickup', 1.4, 1],
    ['a pickup after a long introduction', 12.3, 3],
  ])('starts on a bar line after %s', (_, offset, beats) => {
    const bars = makeBars([{ beats, metreBeats: 4 }, { beats: 4 }, { beats: 4 }]);
    const beatTimes = Array.from({ length: beats + 9 }, (_, beat) => offset + beat * 0.5);
    const notes = [note(beats * 48, 48, 60)];
    const bytes = writePerformanceMidi(makeArrangement({ bars, beatTimes, notes }));
    const events = parseMidi(bytes).tracks.flatMap(eventsOf);
    expect(events.filter((event) => event.type === 'timeSignature').map((event) => event.tick)).toEqual([0]);
    const first = events.find((event) => event.type === 'noteOn')!;
    expect(first.tick % (4 * 480)).toBe(0);
    const tempos = events.filter((event) => event.type === 'setTempo');
    // The silent bars' tempo is within a factor of two of the song's.
    expect(tempos[0]!.microsecondsPerBeat).toBeGreaterThanOrEqual(250_000);
    expect(tempos[0]!.microsecondsPerBeat).toBeLessThanOrEqual(1_000_000);
  });

  it('writes signatures, sections, names and hands', () => {
    const arrangement = makeArrangement({
      title: 'Été',
      bars: makeBars([
        { beats: 2, unit: 'dotted-quarter' },
        { beats: 2, unit: 'dotted-quarter' },
      ]),
      keys: [{ start: 0, tonic: 9, mode: 'minor', confidence: 1 }],
      sections: [{ start: 96, duration: 96, label: 'Chorus', confidence: 1 }],
      notes: [note(0, 48, 40, 'bass'), { ...note(0, 48, 76, 'melody'), velocity: 99 }],
      lead: [note(0, 48, 72, 'melody')],
    });
    const { header, tracks } = parseMidi(writePerformanceMidi(arrangement));
    expect(header).toMatchObject({ format: 1, numTracks: 4, ticksPerBeat: 480 });
    const [conductor, right, left, melody] = tracks.map(eventsOf);
    expect(conductor).toContainEqual(
      expect.objectContaining({ type: 'timeSignature', numerator: 6, denominator: 8, metronome: 36 }),
    );
    expect(conductor).toContainEqual(expect.objectContaining({ type: 'keySignature', key: 0, scale: 1 }));
    expect(conductor!.find((event) => event.type === 'marker')).toMatchObject({ text: 'Chorus' });
    const names = tracks.map((track) => track.find((event) => event.type === 'trackName')?.text);
    expect(names).toEqual([
      Buffer.from('Été', 'utf8').toString('latin1'),
      'Right hand',
      'Left hand',
      'Melody',
    ]);
    expect(right).toContainEqual(expect.objectContaining({ type: 'noteOn', noteNumber: 76, velocity: 99 }));
    expect(left).toContainEqual(expect.objectContaining({ type: 'noteOn', noteNumber: 40 }));
    expect(melody).toContainEqual(expect.objectContaining({ type: 'noteOn', noteNumber: 72 }));
  });

  it('has the pedal on both hands, in the recording’s time', () => {
    const take = makeArrangement({ notes: [note(0, 48, 60), note(192, 48, 64)] });
    const bytes = writePerformanceMidi(take);
    const clock = clockOf(bytes);
    for (const track of parseMidi(bytes).tracks.slice(1)) {
      const feet = eventsOf(track).filter((event) => event.type === 'controller');
      expect(feet.map(({ controllerType, value }) => [controllerType, value])).toEqual([
        [64, 127],
        [64, 0],
        [64, 127],
        [64, 0],
      ]);
      const times = feet.map(({ tick }) => clock(tick));
      [4, 96, 196, 288].forEach((tick, i) => {
        expect(times[i]).toBeCloseTo(tickToSeconds(take.beatTimes, tick), 3);
      });
    }
  });

  it('refuses a beat that no tempo can say', () => {
    const beatTimes = [0, 0.5, 1, 1.5, 200, ...Array.from({ length: 12 }, (_, at) => 200.5 + at / 2)];
    expect(() => writePerformanceMidi(makeArrangement({ beatTimes }))).toThrow(
      expect.objectContaining({ code: 'analysis-invalid', message: expect.stringContaining('Beat 4') }),
    );
  });
});

describe('writeScoreMidi', () => {
  it('plays the notes at one tempo from the first tick', () => {
    const arrangement = readArrangement('pop909-001');
    const bytes = writeScoreMidi(arrangement);
    const tempos = parseMidi(bytes)
      .tracks.flat()
      .filter((event) => event.type === 'setTempo');
    expect(tempos).toHaveLength(1);
    const played = notesOf(bytes, (tick) => tick / 10);
    const starts = played.map((each) => `${each.pitch}@${each.start}`).sort();
    expect(starts).toEqual(arrangement.notes.map((each) => `${each.pitch}@${each.start}`).sort());
    expect(new Set(played.map((each) => each.velocity))).toEqual(new Set([80]));
  });

  it('gives a pickup a bar of its own and keeps the beat through a change of metre', () => {
    const bars = makeBars([{ beats: 1, metreBeats: 3 }, { beats: 3 }, { beats: 2, unit: 'dotted-quarter' }]);
    const events = eventsOf(parseMidi(writeScoreMidi(makeArrangement({ bars, bpm: 90 }))).tracks[0]!);
    const signatures = events.filter((event) => event.type === 'timeSignature');
    expect(signatures.map((each) => [each.tick, each.numerator, each.denominator])).toEqual([
      [0, 1, 4],
      [480, 3, 4],
      [1920, 6, 8],
    ]);
    const tempos = events.filter((event) => event.type === 'setTempo');
    // 90 beats a minute: quarters at first, then dotted quarters, which are 135 quarters.
    expect(tempos.map((each) => each.microsecondsPerBeat)).toEqual([666_667, 444_444]);
  });
});

describe('midiText', () => {
  it('is UTF-8 of at most 255 bytes, cut between characters', () => {
    const cut = midiText('é'.repeat(200));
    expect(cut).toHaveLength(254);
    expect(Buffer.from(cut, 'latin1').toString('utf8')).toBe('é'.repeat(127));
    expect(midiText('a\u0000b')).toBe('a b');
  });
});
