import { describe, expect, it } from 'vitest';
import { type Analysis, analysisSchema } from '../../../main/contract/analysis.ts';
import { TICKS_PER_BEAT } from '../../../main/contract/grid.ts';
import { analyse } from '../../../main/engine/analysis/analyse.ts';
import { SAMPLE_RATE } from '../../../main/engine/transcription/evidence.ts';
import { beatF } from '../../bench/support/beat-metrics.ts';
import { hearAudio } from '../support/hear.ts';
import { addTone, makeAudio, playBand } from '../support/synth.ts';

async function analyseAudio(audio: Float32Array): Promise<Analysis> {
  const evidence = await hearAudio(audio);
  const song = {
    hash: '0'.repeat(64),
    title: 'Test',
    artist: '',
    album: '',
    duration: audio.length / SAMPLE_RATE,
  };
  const analysis = await analyse(evidence, song);
  analysisSchema.parse(analysis);
  return analysis;
}

/** Beat times at a steady tempo. */
function tick(bpm: number, count: number, start = 0.4): number[] {
  return Array.from({ length: count }, (_, i) => start + (i * 60) / bpm);
}

const C = [60, 64, 67];
const F = [65, 69, 72];
const G = [67, 71, 74];
const Am = [57, 60, 64];

describe('analyse', () => {
  it('finds beats, bars, chords and key of a steady song in four', async () => {
    const beats = tick(116, 97);
    const analysis = await analyseAudio(
      playBand({ beats, beatsPerBar: 4, division: 2, chords: [C, Am, F, G] }),
    );
    const played = beats.slice(0, -1);
    expect(
      beatF(
        played,
        analysis.beats.map((beat) => beat.time),
      ),
    ).toBeGreaterThan(0.95);
    expect(Math.abs(analysis.tempo.bpm - 116)).toBeLessThan(1);
    expect(analysis.metres).toHaveLength(1);
    expect(analysis.metres[0]).toMatchObject({ beats: 4, unit: 'quarter' });
    const downbeats = analysis.beats.filter((beat) => beat.position === 1).map((beat) => beat.time);
    expect(
      beatF(
        played.filter((_, i) => i % 4 === 0),
        downbeats,
      ),
    ).toBeGreaterThan(0.95);
    expect(analysis.keys).toHaveLength(1);
    expect(analysis.keys[0]).toMatchObject({ tonic: 0, mode: 'major' });
    const bar = analysis.chords.filter(
      (chord) => chord.duration >= 4 * TICKS_PER_BEAT && chord.root !== null,
    );
    const named = bar.slice(0, 8).map((chord) => `${chord.root}${chord.quality}`);
    expect(named.join(' ')).toContain('0maj 9min 5maj 7maj');
  });

  it('reads a waltz as three', async () => {
    const beats = tick(132, 91);
    const analysis = await analyseAudio(
      playBand({ beats, beatsPerBar: 3, division: 2, chords: [C, F, G, C] }),
    );
    expect(analysis.metres[0]).toMatchObject({ beats: 3, unit: 'quarter' });
    const downbeats = analysis.beats.filter((beat) => beat.position === 1).map((beat) => beat.time);
    expect(
      beatF(
        beats.slice(0, -1).filter((_, i) => i % 3 === 0),
        downbeats,
      ),
    ).toBeGreaterThan(0.9);
  });

  it('reads beats that divide in three as 6/8', async () => {
    const beats = tick(66, 49);
    const audio = playBand({ beats, beatsPerBar: 2, division: 3, chords: [C, Am, F, G] });
    const analysis = await analyseAudio(audio);
    expect(analysis.metres[0]).toMatchObject({ beats: 2, unit: 'dotted-quarter' });
    expect(Math.abs(analysis.tempo.bpm - 66)).toBeLessThan(1);
  });

  it('follows a tempo that drifts by a fifth', async () => {
    const beats = [0.4];
    for (let i = 1; i < 90; i++) beats.push(beats[i - 1] + 60 / (100 + i * 0.22));
    const analysis = await analyseAudio(
      playBand({ beats, beatsPerBar: 4, division: 2, chords: [C, F, G, Am] }),
    );
    const found = analysis.beats.map((beat) => beat.time);
    expect(beatF(beats.slice(0, -1), found)).toBeGreaterThan(0.95);
  });

  it('measures the tuning', async () => {
    const audio = makeAudio(12);
    // 440 Hz × 2^(20/1200): twenty cents sharp.
    for (let i = 0; i < 24; i++) addTone(audio, i / 2, 0.5, 57 + (i % 7) + 0.2, 0.3);
    const analysis = await analyseAudio(audio);
    expect(Math.abs(analysis.tuning.cents - 20)).toBeLessThan(8);
  });

  it('follows a melody above chords', async () => {
    const beats = tick(100, 65);
    const audio = playBand({ beats, beatsPerBar: 4, division: 2, chords: [C, F, G, C] });
    const tune = [76, 79, 77, 76, 72, 74, 77, 81];
    for (let i = 0; i < 64; i++) addTone(audio, beats[i], 0.5, tune[i % tune.length], 0.4);
    const analysis = await analyseAudio(audio);
    let found = 0;
    for (let i = 0; i < 64; i++) {
      const beat = analysis.beats.findIndex((candidate) => Math.abs(candidate.time - beats[i]) < 0.07);
      const at = beat * TICKS_PER_BEAT;
      const note = analysis.melody.find((n) => n.start <= at && at < n.start + n.duration);
      if (note?.pitch === tune[i % tune.length]) found++;
    }
    expect(found / 64).toBeGreaterThan(0.85);
  });

  it.each([
    ['silence', makeAudio(20)],
    [
      'one second',
      playBand({ beats: [0, 0.5], beatsPerBar: 4, division: 2, chords: [C] }).slice(0, SAMPLE_RATE),
    ],
    ['a hundredth of a second', makeAudio(0.01)],
    ['noise', Float32Array.from({ length: 12 * SAMPLE_RATE }, (_, i) => Math.sin(i * i * 0.37) * 0.3)],
    ['a hum', Float32Array.from({ length: 12 * SAMPLE_RATE }, (_, i) => 0.5 * Math.sin(i * 0.0157))],
    [
      'clipped square waves',
      Float32Array.from({ length: 9 * SAMPLE_RATE }, (_, i) => (i % 200 < 100 ? 9 : -9)),
    ],
  ])('gives a sound analysis of %s', async (_, audio) => {
    const analysis = await analyseAudio(audio);
    expect(analysis.beats.length).toBeGreaterThanOrEqual(2);
    for (let i = 1; i < analysis.beats.length; i++) {
      expect(analysis.beats[i].time - analysis.beats[i - 1].time).toBeGreaterThan(0.1);
    }
  });
});
