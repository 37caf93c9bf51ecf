import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  cutPlanes,
  listenForMelody,
  MELODY_CLASSES,
  MELODY_PITCHES,
  MELODY_POOL,
} from '../../../main/engine/analysis/melody-listener.ts';
import { findWeightsDir } from '../../../main/engine/places.ts';
import { type Evidence, LOWEST_PITCH } from '../../../main/engine/transcription/evidence.ts';
import { allocateEvidence } from '../../../main/engine/transcription/evidence-file.ts';
import { loadNetwork } from '../../../main/engine/transcription/network.ts';

const network = await loadNetwork('melody', { weightsDir: findWeightsDir(), threads: 1 });

interface Parity {
  frames: number;
  voiceFrames: number;
  evidence: Record<'contour' | 'note' | 'onset' | 'loudness' | 'voice', string>;
  answers: Record<'pitch' | 'begins' | 'sung', number[]>;
}

/** What PyTorch heard in a few frames: `python -m songleaf_models.melody parity`. */
const parity: Parity = JSON.parse(
  readFileSync(new URL('../../fixtures/melody/parity.json', import.meta.url), 'utf8'),
);

function evidenceOf({ frames, voiceFrames, evidence }: Parity): Evidence {
  const planes = Object.fromEntries(
    Object.entries(evidence).map(([name, text]) => [name, Uint8Array.from(Buffer.from(text, 'base64'))]),
  );
  return { ...allocateEvidence(frames), voiceFrames, ...planes };
}

/** Evidence of one plucked tone a half second, for some seconds: long enough for several chunks where asked. */
function pluck(seconds: number): Evidence {
  const evidence = allocateEvidence(Math.round(seconds * 86.13));
  for (let t = 0; t < evidence.frames; t++) {
    const key = 60 + ((Math.floor(t / 43) * 5) % 13) - LOWEST_PITCH;
    const fade = Math.exp(-(t % 43) / 30);
    evidence.note[t * 88 + key] = 220 * fade;
    evidence.contour[t * 264 + 3 * key + 1] = 220 * fade;
    evidence.onset[t * 88 + key] = t % 43 < 3 ? 200 : 0;
    evidence.loudness[t] = 180 + 30 * fade;
  }
  return evidence;
}

describe('the melody network', () => {
  it('hears in the engine what it hears in PyTorch, to 1e-4', async () => {
    const evidence = evidenceOf(parity);
    const answers = await network.run(cutPlanes(evidence, 0, evidence.frames));
    for (const [name, expected] of Object.entries(parity.answers)) {
      expect(answers[name]).toHaveLength(expected.length);
      const worst = Math.max(...expected.map((value, i) => Math.abs(value - answers[name][i])));
      expect(worst, name).toBeLessThan(1e-4);
    }
  });

  it('hears the same in chunks as in one piece', async () => {
    const evidence = pluck(110);
    const heard = await listenForMelody(evidence, network);
    const padded = Math.ceil(evidence.frames / MELODY_POOL) * MELODY_POOL;
    const { pitch, begins, sung } = await network.run(cutPlanes(evidence, 0, padded));
    expect(heard.frames).toBe(padded / MELODY_POOL);
    let worst = 0;
    for (let i = 0; i < heard.frames * MELODY_CLASSES; i++) {
      const value = Math.min(255, -32 * Math.log(pitch[i]));
      worst = Math.max(worst, Math.abs(heard.pitch[i] - value));
    }
    // Half a step of the quantisation, and what float32 leaves.
    expect(worst).toBeLessThan(0.6);
    const differ = (bytes: Uint8Array, values: Float32Array) =>
      bytes.reduce((most, byte, i) => Math.max(most, Math.abs(byte - 255 * values[i])), 0);
    expect(differ(heard.onset, begins)).toBeLessThan(0.6);
    expect(differ(heard.sung, sung)).toBeLessThan(0.6);
  });

  it('hears nothing in silence, and no frames in no evidence', async () => {
    const silence = await listenForMelody(allocateEvidence(2000), network);
    const resting = silence.pitch.filter((_, i) => i % MELODY_CLASSES === MELODY_PITCHES);
    expect(Math.max(...resting)).toBeLessThan(32 * Math.log(2));
    expect((await listenForMelody(allocateEvidence(0), network)).frames).toBe(0);
  });

  it('stops when told to', async () => {
    const stopped = AbortSignal.abort();
    await expect(listenForMelody(pluck(5), network, stopped)).rejects.toThrow();
  });
});
