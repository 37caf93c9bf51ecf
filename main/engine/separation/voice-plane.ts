import {
  VOICE_HOP_SECONDS,
  VOICE_LOWEST_PITCH,
  VOICE_STEPS,
  VOICE_VALUES,
} from '../transcription/evidence.ts';
import { toByte } from '../transcription/to-byte.ts';

/** Half the stretch that a frame's share of energy is taken over, in frames: 48 ms in all. */
const AROUND = 1;

/** Sums the energy of voice and accompaniment in cells of 16 ms, each centred on its frame. */
export class ShareMeter {
  readonly #cell: number;
  readonly #voice: number[] = [];
  readonly #rest: number[] = [];
  #position = 0;

  /** @param sampleRate of what is pushed, in Hz */
  constructor(sampleRate: number) {
    this.#cell = VOICE_HOP_SECONDS * sampleRate;
  }

  /** Takes the next samples of voice and mix, each channel in turn the same length. */
  push(vocals: readonly Float32Array[], mix: readonly Float32Array[]): void {
    const length = mix[0].length;
    for (let i = 0; i < length; i++) {
      let voice = 0;
      let rest = 0;
      for (let channel = 0; channel < mix.length; channel++) {
        const sung = vocals[channel][i];
        voice += sung * sung;
        rest += (mix[channel][i] - sung) ** 2;
      }
      const cell = Math.floor((this.#position + i) / this.#cell + 0.5);
      this.#voice[cell] = (this.#voice[cell] ?? 0) + voice;
      this.#rest[cell] = (this.#rest[cell] ?? 0) + rest;
    }
    this.#position += length;
  }

  /** The voice's energy over that of voice and accompaniment around a frame, 0 to 1; 0 in silence. */
  shareAt(frame: number): number {
    let voice = 0;
    let rest = 0;
    for (let t = frame - AROUND; t <= frame + AROUND; t++) {
      voice += this.#voice[t] ?? 0;
      rest += this.#rest[t] ?? 0;
    }
    return voice > 0 ? voice / (voice + rest) : 0;
  }
}

/** Writes one frame of the plane `voice`. @param hz of the pitch, @param confidence and @param share 0 to 1 */
export function quantiseVoice(
  hz: number,
  confidence: number,
  share: number,
  target: Uint8Array,
  frame: number,
): void {
  const pitch = 69 + 12 * Math.log2(hz / 440);
  const step = 1 + Math.round((pitch - VOICE_LOWEST_PITCH) * VOICE_STEPS);
  const at = frame * VOICE_VALUES;
  // NaN compares false and becomes no pitch.
  const known = step >= 1 && step <= 255 && confidence > 0;
  target[at] = known ? step : 0;
  target[at + 1] = known ? toByte(confidence) : 0;
  target[at + 2] = toByte(share);
}
