import type { Analysis } from '../../contract/analysis.ts';
import { harteChord, nameText } from './harte.ts';
import { keySignature } from './key-signatures.ts';
import { tickToSeconds } from './time.ts';

/** Version of the schema that the file follows (github.com/marl/jams). */
const JAMS_VERSION = '0.3.4';

interface Observation {
  time: number;
  duration: number;
  value: string | number | null;
  confidence: number | null;
}

/**
 * Writes an analysis as JAMS (Humphrey et al., ISMIR 2014) for programs of music research: beats with their place in
 * the bar, chords in Harte syntax, keys, melody and form, all in seconds of the recording.
 *
 * @throws SongleafError `analysis-invalid` where things are timed on beats that are missing
 */
export function writeJams(analysis: Analysis): string {
  const { song, beats } = analysis;
  const times = beats.map((beat) => beat.time);
  const span = (start: number, duration: number, end = start + duration) => {
    const time = tickToSeconds(times, start);
    return { time: round(time), duration: round(Math.max(0, tickToSeconds(times, end) - time)) };
  };
  const data: Record<string, Observation[]> = {
    beat: beats.map(({ time, position, confidence }) => ({
      time: round(time),
      duration: 0,
      value: position,
      confidence: round(confidence),
    })),
    chord: analysis.chords.map((chord) => ({
      ...span(chord.start, chord.duration),
      value: harteChord(chord, keySignature(keyAt(analysis, chord.start))),
      confidence: round(chord.confidence),
    })),
    key_mode: writeKeys(analysis, times),
    note_midi: analysis.melody.map((note) => ({
      ...span(note.start, note.duration),
      value: note.pitch,
      confidence: round(note.confidence),
    })),
    segment_open: analysis.sections.map((section) => ({
      ...span(section.start, section.duration),
      value: section.label,
      confidence: round(section.confidence),
    })),
  };
  const document = {
    file_metadata: {
      title: song.title,
      artist: song.artist,
      release: song.album,
      duration: song.duration,
      identifiers: { sha256: song.hash },
      jams_version: JAMS_VERSION,
    },
    annotations: Object.entries(data).map(([namespace, observations]) => ({
      namespace,
      annotation_metadata: {
        annotation_tools: `Songleaf ${analysis.engine}`,
        data_source: 'program',
      },
      time: 0,
      duration: song.duration,
      data: observations,
      sandbox: {},
    })),
    sandbox: {},
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}

/** A key holds until the next, the last until the end of the recording. */
function writeKeys({ keys, song }: Analysis, times: readonly number[]): Observation[] {
  return keys.map((key, at) => {
    const time = tickToSeconds(times, key.start);
    const next = keys[at + 1];
    const end = next ? tickToSeconds(times, next.start) : song.duration;
    const { fifths, mode } = keySignature(key);
    // The minor tonic stands three fifths above that of the major key with its signature.
    const tonic = nameText(mode === 'minor' ? fifths + 3 : fifths);
    return {
      time: round(time),
      duration: round(Math.max(0, end - time)),
      value: `${tonic}:${mode}`,
      confidence: round(key.confidence),
    };
  });
}

function keyAt({ keys }: Analysis, tick: number) {
  return keys.findLast(({ start }) => start <= tick) ?? keys[0]!;
}

/** To the microsecond. */
function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
