import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SongleafError } from '../../../main/contract/errors.ts';
import { BEAT_VALUES, CHORD_VALUES, VOICE_VALUES } from '../../../main/engine/transcription/evidence.ts';
import {
  allocateEvidence,
  decodeEvidence,
  encodeEvidence,
} from '../../../main/engine/transcription/evidence-file.ts';

function makeEvidence(frames: number, seed: number) {
  const evidence = {
    ...allocateEvidence(frames),
    beatFrames: frames + 1,
    beats: new Uint8Array((frames + 1) * BEAT_VALUES),
    chordFrames: frames + 2,
    chords: new Uint8Array((frames + 2) * CHORD_VALUES),
    voiceFrames: frames + 3,
    voice: new Uint8Array((frames + 3) * VOICE_VALUES),
  };
  for (const plane of ['onset', 'note', 'contour', 'flux', 'loudness', 'beats', 'chords', 'voice'] as const) {
    evidence[plane].forEach((_, i) => {
      evidence[plane][i] = (i * (seed + 7) * 31) >>> 3;
    });
  }
  return evidence;
}

describe('evidence file', () => {
  it('gives back what was put in', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(), (frames, seed) => {
        const evidence = makeEvidence(frames, seed);
        expect(decodeEvidence(encodeEvidence(evidence), 'test')).toEqual(evidence);
      }),
      { numRuns: 30 },
    );
  });

  it('refuses anything else with a named error', () => {
    const sound = encodeEvidence(makeEvidence(20, 1));
    fc.assert(
      fc.property(
        fc.nat(sound.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        (at, flip, cut) => {
          const broken = cut ? sound.slice(0, at) : Uint8Array.from(sound);
          if (!cut) broken[at] ^= flip;
          let error: unknown;
          try {
            // A flipped bit may hit one that means nothing (a gzip header's time): then the content is unharmed.
            expect(decodeEvidence(broken, 'test')).toEqual(makeEvidence(20, 1));
          } catch (thrown) {
            error = thrown;
          }
          if (cut) expect(error).toBeInstanceOf(SongleafError);
          else if (error) expect(error).toBeInstanceOf(SongleafError);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('does not trust the frame count', () => {
    const bytes = Buffer.from(encodeEvidence(makeEvidence(3, 1)));
    bytes.writeUInt32LE(0xffff_ffff, 8);
    expect(() => decodeEvidence(bytes, 'bomb')).toThrow(SongleafError);
    bytes.writeUInt32LE(2, 8);
    expect(() => decodeEvidence(bytes, 'short')).toThrow(SongleafError);
  });
});
