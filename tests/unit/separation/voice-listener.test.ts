import { describe, expect, it } from 'vitest';
import { VOICE_BAND } from '../../../main/engine/separation/band.ts';
import { VoiceListener } from '../../../main/engine/separation/voice-listener.ts';
import { VOICE_HOP_SECONDS, VOICE_VALUES } from '../../../main/engine/transcription/evidence.ts';
import { withNetwork } from '../../../main/engine/transcription/network.ts';
import { options } from './passages.ts';

const { rate: RATE } = VOICE_BAND;

/** A voice-like tone: harmonics that fall off, a fifth higher from the middle on. */
function sing(seconds: number, hz: number): Float32Array {
  const samples = new Float32Array(seconds * RATE);
  let phase = 0;
  for (let i = 0; i < samples.length; i++) {
    phase += (2 * Math.PI * hz * (i < samples.length / 2 ? 1 : 1.5)) / RATE;
    for (let h = 1; h <= 8; h++) samples[i]! += (0.2 / h) * Math.sin(h * phase);
  }
  return samples;
}

async function follow(voice: Float32Array, rest: (i: number) => number, block: number) {
  return await withNetwork('swift-f0', options, async (network) => {
    const listener = new VoiceListener(network, voice.length / RATE);
    for (let at = 0; at < voice.length; at += block) {
      const vocals = voice.slice(at, at + block);
      const mix = vocals.map((sample, i) => sample + rest(at + i));
      await listener.push({ mix: [mix, mix], vocals: [vocals, vocals] });
    }
    return await listener.finish();
  });
}

describe('VoiceListener', () => {
  it('follows pitch, time and share of a voice', async () => {
    const voice = sing(20, 220);
    const { voiceFrames, voice: plane } = await follow(voice, () => 0, 50_000);
    expect(voiceFrames).toBe(1 + 20 / VOICE_HOP_SECONDS);
    const at = (frame: number) => [...plane.subarray(frame * VOICE_VALUES, (frame + 1) * VOICE_VALUES)];
    // A3 is MIDI 57, E4 64.02: in quarter semitones from MIDI 36, counted from 1.
    expect(at(300)[0]).toBe(1 + 4 * 21);
    expect(at(1000)[0]).toBe(1 + 4 * 28);
    expect(at(300)[1]).toBeGreaterThan(230);
    expect(at(300)[2]).toBe(255);
    const change = Array.from({ length: voiceFrames }, (_, t) => at(t)[0]!).findIndex((p) => p > 100);
    expect(Math.abs(change * VOICE_HOP_SECONDS - 10)).toBeLessThan(0.033);
  });

  it('gives the same whatever the stretches', async () => {
    const voice = sing(18, 330);
    expect(await follow(voice, () => 0, 3001)).toEqual(await follow(voice, () => 0, voice.length));
  });

  it('tells how much of the mix the voice is, and is unsure in silence', async () => {
    const voice = sing(2, 220);
    voice.fill(0, RATE);
    // Noise of a third of the voice's energy.
    const energy = voice.slice(0, RATE).reduce((sum, x) => sum + x * x, 0) / RATE;
    const noise = (i: number) => Math.sqrt(energy / 3) * (i % 2 === 0 ? 1 : -1);
    const { voice: plane } = await follow(voice, noise, 10_000);
    expect(plane[30 * VOICE_VALUES + 2]! / 255).toBeCloseTo(0.75, 1);
    expect([...plane.subarray(100 * VOICE_VALUES, 101 * VOICE_VALUES)]).toEqual([0, 0, 0]);
  });
});
