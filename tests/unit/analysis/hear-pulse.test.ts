import { describe, expect, it } from 'vitest';
import { alignPlanes, hearPulse } from '../../../main/engine/analysis/hear-pulse.ts';
import { uniform } from '../../../main/engine/arranger/random.ts';
import { findWeightsDir } from '../../../main/engine/places.ts';
import { BEAT_VALUES, CHORD_VALUES, type Evidence } from '../../../main/engine/transcription/evidence.ts';
import { allocateEvidence } from '../../../main/engine/transcription/evidence-file.ts';
import { withNetwork } from '../../../main/engine/transcription/network.ts';

const options = { weightsDir: findWeightsDir(), threads: 1 };

/** Evidence drawn by chance, with flux at every beat of 40 frames. */
function drawEvidence(frames: number): Evidence {
  const draw = (length: number, seed: number, top: number) =>
    Uint8Array.from({ length }, (_, i) => uniform(seed, i) * top);
  const evidence = allocateEvidence(frames);
  evidence.flux = draw(frames * 8, 1, 60);
  for (let t = 0; t < frames; t += 40) evidence.flux.fill(220, t * 8, t * 8 + 8);
  evidence.onset = draw(frames * 88, 2, 60);
  evidence.note = draw(frames * 88, 3, 90);
  evidence.loudness.fill(200);
  evidence.beatFrames = Math.ceil((frames * 256) / 441);
  evidence.beats = draw(evidence.beatFrames * BEAT_VALUES, 4, 100);
  evidence.chordFrames = Math.ceil(frames / 2);
  evidence.chords = draw(evidence.chordFrames * CHORD_VALUES, 5, 255);
  return evidence;
}

describe('hearPulse', () => {
  it('does not show where a long song is cut', async () => {
    const evidence = drawEvidence(23_001);
    const total = Math.ceil(evidence.frames / 2);
    await withNetwork('pulse', options, async (network) => {
      const heard = await hearPulse(evidence, network);
      const { probabilities } = await network.run(alignPlanes(evidence, 0, total));
      const whole = Array.from({ length: total }, (_, t) => Math.round(probabilities[t] * 255) / 255);
      const worst = whole.reduce((most, value, t) => Math.max(most, Math.abs(value - heard.beat[2 * t])), 0);
      // One step of 8 bits: sums of other lengths round differently.
      expect(worst).toBeLessThan(1.01 / 255);
      expect(heard.beat).toHaveLength(evidence.frames);
      expect(Math.max(...heard.beat)).toBeGreaterThan(0.2);
    });
  }, 60_000);

  it.each([0, 1, 2, 7])('hears %i frames', async (frames) => {
    await withNetwork('pulse', options, async (network) => {
      const heard = await hearPulse(drawEvidence(frames), network);
      expect(heard.downbeat).toHaveLength(frames);
      expect(heard.beat.every((value) => value >= 0 && value <= 1)).toBe(true);
    });
  });

  it('takes planes of other lengths for silence where they end', () => {
    const evidence = drawEvidence(400);
    const short = {
      ...evidence,
      beatFrames: 50,
      beats: evidence.beats.subarray(0, 50 * BEAT_VALUES),
      chordFrames: 30,
      chords: evidence.chords.subarray(0, 30 * CHORD_VALUES),
    };
    const { beats, chords } = alignPlanes(short, 0, 200);
    expect(beats.data.subarray(60 * BEAT_VALUES).every((value) => value === 0)).toBe(true);
    expect(chords.data.subarray(30 * 86).every((value) => value === 255)).toBe(true);
    expect(chords.shape).toEqual([1, 200, 86]);
  });
});
