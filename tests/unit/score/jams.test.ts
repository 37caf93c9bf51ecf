import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Analysis, analysisSchema, chordQualities } from '../../../main/contract/analysis.ts';
import { writeJams } from '../../../main/engine/score/jams.ts';

// The pieces of JAMS's schemata that concern us (github.com/marl/jams, jams/schemata, version 0.3).
const observations = <T extends z.ZodType>(value: T) =>
  z.array(
    z.strictObject({ time: z.number().min(0), duration: z.number().min(0), value, confidence: z.unknown() }),
  );
const degree = '(b*|#*)([1-9]|1[0-3]?)';
const degrees = `\\(\\*?(${degree}(,\\*?${degree})*)\\)`;
const shorthands =
  'maj|min|dim|aug|1|5|sus2|sus4|maj6|min6|7|maj7|min7|dim7|hdim7|minmaj7|aug7|9|maj9|min9|11|maj11|min11|13|maj13|min13';
const chordPattern = new RegExp(
  `^(N|X|[A-G](b*|#*)(:(${shorthands})(${degrees})?|:${degrees})?(/${degree})?)$`,
);
const keyPattern = /^(N|[A-G][b#]?(:(major|minor))?)$/;
const namespaces = {
  beat: observations(z.number().nullable()),
  chord: observations(z.string().regex(chordPattern)),
  key_mode: observations(z.string().regex(keyPattern)),
  note_midi: observations(z.number()),
  segment_open: observations(z.string()),
};
const annotation = <N extends string, D extends z.ZodType>(namespace: N, data: D) =>
  z.strictObject({
    namespace: z.literal(namespace),
    annotation_metadata: z.strictObject({ annotation_tools: z.string(), data_source: z.string() }),
    time: z.number().min(0).nullable(),
    duration: z.number().min(0).nullable(),
    sandbox: z.strictObject({}),
    data,
  });
const jams = z.strictObject({
  file_metadata: z.strictObject({
    title: z.string(),
    artist: z.string(),
    release: z.string(),
    duration: z.number().min(0),
    identifiers: z.record(z.string(), z.string()),
    jams_version: z.string().regex(/[0-9].[0-9].[0-9]/),
  }),
  annotations: z.tuple([
    annotation('beat', namespaces.beat),
    annotation('chord', namespaces.chord),
    annotation('key_mode', namespaces.key_mode),
    annotation('note_midi', namespaces.note_midi),
    annotation('segment_open', namespaces.segment_open),
  ]),
  sandbox: z.strictObject({}),
});

function makeAnalysis(parts: Partial<Analysis> = {}): Analysis {
  return analysisSchema.parse({
    format: 'songleaf-analysis',
    version: 1,
    engine: '0.1.0',
    song: { hash: 'a'.repeat(64), title: 'T', artist: 'A', album: 'L', duration: 20 },
    tuning: { cents: 0, confidence: 1 },
    tempo: { bpm: 120, confidence: 1 },
    beats: [1, 1.5, 2.1, 2.6, 3.1].map((time, at) => ({ time, position: (at % 4) + 1, confidence: 0.9 })),
    metres: [{ start: 0, beats: 4, unit: 'quarter', confidence: 1 }],
    chords: [],
    keys: [{ start: 0, tonic: 3, mode: 'major', confidence: 0.5 }],
    melody: [],
    sections: [],
    ...parts,
  });
}

function read(analysis: Analysis) {
  const [beat, chord, key, melody, segment] = jams.parse(JSON.parse(writeJams(analysis))).annotations;
  return { beat: beat.data, chord: chord.data, key: key.data, melody: melody.data, segment: segment.data };
}

describe('writeJams', () => {
  it('says everything in seconds of the recording', () => {
    const { beat, key, melody, segment } = read(
      makeAnalysis({
        melody: [{ start: 24, duration: 48, pitch: 70, confidence: 0.8 }],
        sections: [{ start: 48, duration: 96, label: 'verse', confidence: 1 }],
        keys: [
          { start: 0, tonic: 3, mode: 'major', confidence: 0.5 },
          { start: 96, tonic: 6, mode: 'minor', confidence: 0.5 },
        ],
      }),
    );
    expect(beat.map(({ time, value }) => [time, value])).toEqual([
      [1, 1],
      [1.5, 2],
      [2.1, 3],
      [2.6, 4],
      [3.1, 1],
    ]);
    expect(melody).toEqual([{ time: 1.25, duration: 0.55, value: 70, confidence: 0.8 }]);
    expect(segment).toEqual([{ time: 1.5, duration: 1.1, value: 'verse', confidence: 1 }]);
    expect(key.map(({ time, duration, value }) => [time, duration, value])).toEqual([
      [1, 1.1, 'Eb:major'],
      [2.1, 17.9, 'F#:minor'],
    ]);
  });

  it('spells chords in the key, in Harte syntax', () => {
    const chord = (
      at: number,
      root: number | null,
      quality: Analysis['chords'][0]['quality'],
      bass = root,
    ) => ({
      start: at * 48,
      duration: 48,
      root,
      quality,
      bass,
      confidence: 1,
    });
    const chords = [chord(0, 10, '7', 2), chord(1, 8, 'add9'), chord(2, null, null), chord(3, 9, 'dim7')];
    expect(read(makeAnalysis({ chords })).chord.map(({ value }) => value)).toEqual([
      'Bb:7/3',
      'Ab:maj(9)',
      'N',
      'A:dim7',
    ]);
  });

  it('names every chord that Songleaf can name as the schema does', () => {
    const chords = chordQualities.flatMap((quality, at) =>
      Array.from({ length: 12 }, (_, root) => ({
        start: at * 12 + root,
        duration: 1,
        root,
        quality,
        bass: (root + at) % 12,
        confidence: 1,
      })),
    );
    expect(read(makeAnalysis({ chords })).chord).toHaveLength(chords.length);
  });

  it('writes a song in which nothing was heard', () => {
    expect(read(makeAnalysis({ beats: [] }))).toMatchObject({ beat: [], chord: [], melody: [] });
  });
});
