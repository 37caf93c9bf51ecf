import { describe, expect, it } from 'vitest';
import { SongleafError } from '../../../main/contract/errors.ts';
import {
  CONTOUR_BINS,
  type Evidence,
  FLUX_BANDS,
  frameToSeconds,
  HOP,
  KEYS,
  LOWEST_PITCH,
  SAMPLE_RATE,
} from '../../../main/engine/transcription/evidence.ts';
import { transcribe } from '../../../main/engine/transcription/transcribe.ts';
import { loadNetwork } from '../support/network.ts';
import { addHit, addTone, inBlocks, makeAudio } from '../support/synth.ts';

/** Frame with the largest onset posterior of a pitch within half a second of a time. */
function findOnset(evidence: Evidence, pitch: number, near: number): number {
  const centre = Math.round((near * SAMPLE_RATE) / HOP);
  let best = centre;
  for (let t = Math.max(0, centre - 43); t < Math.min(evidence.frames, centre + 43); t++) {
    const key = pitch - LOWEST_PITCH;
    if (evidence.onset[t * KEYS + key] > evidence.onset[best * KEYS + key]) best = t;
  }
  return best;
}

describe('transcribe', () => {
  it('keeps frame times true to the end of a long file', async () => {
    const audio = makeAudio(100);
    const times = [0.5, 20.25, 50.75, 69.9, 98.5];
    for (const time of times) {
      addTone(audio, time, 0.8, 69, 0.4);
      addHit(audio, time, 0.5, false);
    }
    const evidence = await transcribe(inBlocks(audio), await loadNetwork());
    for (const time of times) {
      const onset = frameToSeconds(findOnset(evidence, 69, time));
      // Two frames: the network rounds an attack to its own frames; a drift over 70 s would be 0.4 s.
      expect(Math.abs(onset - time)).toBeLessThan(0.03);
      let loudest = 0;
      const frame = Math.round((time * SAMPLE_RATE) / HOP);
      for (let t = frame - 8; t < frame + 9; t++) {
        if (evidence.flux[t * FLUX_BANDS + 6] > evidence.flux[loudest * FLUX_BANDS + 6]) loudest = t;
      }
      expect(Math.abs(frameToSeconds(loudest) - time)).toBeLessThan(0.04);
    }
  });

  it('gives the same bytes whatever the size of the blocks', async () => {
    const audio = makeAudio(9.3);
    for (let i = 0; i < 18; i++) addTone(audio, i / 2, 0.5, 48 + ((i * 7) % 36), 0.2);
    const network = await loadNetwork();
    const whole = await transcribe(inBlocks(audio, audio.length), network);
    const crumbs = await transcribe(inBlocks(audio, 1013), network);
    expect(crumbs).toEqual(whole);
    expect(whole.frames).toBe(Math.ceil(audio.length / HOP));
    expect(whole.contour.length).toBe(whole.frames * CONTOUR_BINS);
  });

  it('hears the right pitch, also across the border of two windows', async () => {
    const audio = makeAudio(4);
    // A window keeps 141 frames, 1.637 s.
    addTone(audio, 1.3, 0.8, 60, 0.4);
    const evidence = await transcribe(inBlocks(audio), await loadNetwork());
    for (const time of [1.45, 1.6, 1.637, 1.7]) {
      const frame = Math.round((time * SAMPLE_RATE) / HOP);
      const notes = [...evidence.note.subarray(frame * KEYS, (frame + 1) * KEYS)];
      expect(notes.indexOf(Math.max(...notes)) + LOWEST_PITCH).toBe(60);
    }
  });

  it('handles a few samples and refuses none', async () => {
    const network = await loadNetwork();
    const one = await transcribe(inBlocks(new Float32Array(1)), network);
    expect(one.frames).toBe(1);
    await expect(transcribe(inBlocks(new Float32Array(0)), network)).rejects.toMatchObject({
      code: 'audio-empty',
    });
  });

  it('stops when told and frees the decoder', async () => {
    const control = new AbortController();
    let freed = false;
    async function* endless(): AsyncGenerator<Float32Array> {
      try {
        while (true) yield new Float32Array(65_536);
      } finally {
        freed = true;
      }
    }
    const work = transcribe(endless(), await loadNetwork(), {
      signal: control.signal,
      onProgress: (seconds) => {
        if (seconds > 10) control.abort();
      },
    });
    await expect(work).rejects.toBeInstanceOf(SongleafError);
    expect(freed).toBe(true);
  });
});
