import type { Click } from './messages.ts';
import { RATE } from './pcm-store.ts';

/** Hz of a click on the first beat and on others. */
const STRONG = 1600;
const WEAK = 1100;
/** Seconds in which a click falls to a third. */
const DECAY = 0.012;
/** Frames of a click. */
const LENGTH = Math.round(0.08 * RATE);

/** Clicks at places of the recording. */
export class Metronome {
  #clicks: readonly Click[] = [];
  #next = 0;
  #age = LENGTH;
  #hz = WEAK;

  /** Takes other clicks, in order of time. */
  load(clicks: readonly Click[]): void {
    this.#clicks = clicks;
  }

  seek(seconds: number): void {
    const next = this.#clicks.findIndex(({ at }) => at >= seconds - 1e-6);
    this.#next = next === -1 ? this.#clicks.length : next;
  }

  /** Adds clicks to `left.length` frames from `seconds` on. */
  play(seconds: number, speed: number, gain: number, left: Float32Array, right: Float32Array): void {
    for (let i = 0; i < left.length; i++) {
      const click = this.#clicks[this.#next];
      if (click && click.at <= seconds + (i * speed) / RATE + 1e-9) {
        this.#next++;
        this.#age = 0;
        this.#hz = click.strong ? STRONG : WEAK;
      }
      if (this.#age >= LENGTH) continue;
      const t = this.#age++ / RATE;
      const sample = gain * Math.exp(-t / DECAY) * Math.sin(2 * Math.PI * this.#hz * t);
      left[i]! += sample;
      right[i]! += sample;
    }
  }
}
