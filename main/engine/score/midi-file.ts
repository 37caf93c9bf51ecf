import { type MidiEvent, writeMidi } from 'midi-file';

/** MIDI ticks in a quarter note: 10 to a tick of a quarter-note beat, 15 to one of a dotted quarter. */
export const PPQ = 480;

/** An event at an absolute MIDI tick. Of events at one tick those of lower `order` come first. */
export interface TimedEvent {
  tick: number;
  order: number;
  event: DistributiveOmit<MidiEvent, 'deltaTime'>;
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** Notes end before others begin, so that a key struck again is not cut off at once. */
export const Order = { signature: 0, text: 1, program: 2, noteOff: 3, noteOn: 4 } as const;

/** Bytes of a Standard MIDI File of format 1; tempo and signatures belong in the first track. */
export function writeMidiFile(tracks: readonly (readonly TimedEvent[])[]): Uint8Array {
  const header = writeMidi({
    header: { format: 1, numTracks: tracks.length, ticksPerBeat: PPQ },
    tracks: [],
  });
  // The library counts the tracks that it is given, which here are none.
  header[TRACK_COUNT_AT] = tracks.length >> 8;
  header[TRACK_COUNT_AT + 1] = tracks.length & 0xff;
  return Buffer.concat([Buffer.from(header), ...tracks.map((track) => writeTrack(toDeltas(track)))]);
}

/** Bytes before the first track, and before the first event of a track (Standard MIDI Files 1.0, chunks). */
const HEADER_LENGTH = 14;
const CHUNK_HEADER_LENGTH = 8;
const TRACK_COUNT_AT = 10;
/** The library's time grows with the square of what it writes at once. */
const EVENTS_AT_ONCE = 200;

function writeTrack(events: readonly MidiEvent[]): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < events.length; at += EVENTS_AT_ONCE) {
    const slice = events.slice(at, at + EVENTS_AT_ONCE);
    const file = writeMidi({ header: { format: 0, numTracks: 1, ticksPerBeat: PPQ }, tracks: [slice] });
    parts.push(Buffer.from(file).subarray(HEADER_LENGTH + CHUNK_HEADER_LENGTH));
  }
  const content = Buffer.concat(parts);
  const chunkHeader = Buffer.alloc(CHUNK_HEADER_LENGTH);
  chunkHeader.write('MTrk', 'latin1');
  chunkHeader.writeUInt32BE(content.length, 4);
  return Buffer.concat([chunkHeader, content]);
}

function toDeltas(events: readonly TimedEvent[]): MidiEvent[] {
  const sorted = [...events].sort((a, b) => a.tick - b.tick || a.order - b.order);
  let last = 0;
  const track = sorted.map(({ tick, event }) => {
    const deltaTime = tick - last;
    last = tick;
    return { ...event, deltaTime } as MidiEvent;
  });
  track.push({ deltaTime: 0, meta: true, type: 'endOfTrack' });
  return track;
}

/** Longest text of a meta event in bytes; some readers refuse more. */
const LONGEST_TEXT = 255;

/**
 * Text as the library wants it, one character a byte: UTF-8, which is what players read today. Control characters are
 * taken out.
 */
export function midiText(text: string): string {
  const clean = text.replace(/\p{Cc}/gu, ' ').trim();
  let bytes = new TextEncoder().encode(clean);
  if (bytes.length > LONGEST_TEXT) {
    // A character that the limit cuts through is dropped as a whole.
    const whole = new TextDecoder()
      .decode(bytes.subarray(0, LONGEST_TEXT), { stream: true })
      .replace(/\uFFFD$/, '');
    bytes = new TextEncoder().encode(whole);
  }
  return String.fromCharCode(...bytes);
}
