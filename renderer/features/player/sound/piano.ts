import { BasicSoundBank, SoundBankLoader, SpessaSynthProcessor } from 'spessasynth_core';
import { PIANO_ATTACK } from '../../../../main/contract/performance.ts';
import type { PlayedNote } from './messages.ts';
import { RATE } from './pcm-store.ts';

const CHANNEL = 0;
/** Frames that are played at once at most. */
const LONGEST = 2048;

/** Seconds that a note must still have to be struck in its middle. */
const WORTH_STRIKING = 0.12;

/** Seconds that rounding may leave. */
const TINY = 1e-6;

/** A key that goes down, or up where `velocity` is 0. */
interface Stroke {
  /** Seconds of the recording where it is to be heard. */
  at: number;
  /** Seconds before that, at any speed. */
  lead: number;
  pitch: number;
  velocity: number;
}

/** The sampled piano, which plays a take from any place. */
export class Piano {
  readonly #synth: SpessaSynthProcessor;
  #strokes: readonly Stroke[] = [];
  #next = 0;
  /** Seconds of the recording from where on notes begin. */
  #from = 0;
  readonly #down = new Set<number>();

  private constructor(synth: SpessaSynthProcessor) {
    this.#synth = synth;
  }

  /** @param font the sound bank (SF3). All samples are unpacked now: later it would interrupt the music. */
  static async open(font: ArrayBuffer): Promise<Piano> {
    await BasicSoundBank.isSF3DecoderReady;
    const synth = new SpessaSynthProcessor(RATE, { maxBufferSize: LONGEST, eventsEnabled: false });
    await synth.processorInitialized;
    const bank = SoundBankLoader.fromArrayBuffer(font);
    for (const sample of bank.samples) sample.getAudioData();
    synth.soundBankManager.addSoundBank(bank, 'piano');
    synth.programChange(CHANNEL, 0);
    return new Piano(synth);
  }

  /** Takes another take, or the same tuned otherwise. */
  load(notes: readonly PlayedNote[], cents: number): void {
    this.#synth.setSystemParameter('fineTune', cents);
    const strokes = notes.flatMap(({ start, end, pitch, velocity }): Stroke[] => [
      { at: start, lead: PIANO_ATTACK, pitch, velocity },
      { at: end, lead: 0, pitch, velocity: 0 },
    ]);
    // Keys go up before others go down.
    this.#strokes = strokes.sort(
      (a, b) => a.at - a.lead - (b.at - b.lead) || Math.sign(a.velocity) - Math.sign(b.velocity),
    );
  }

  /**
   * Goes over to another take in the middle of the music: keys that both hold stay down, others go up, and what the other
   * take holds at this place is struck.
   */
  change(notes: readonly PlayedNote[], cents: number, seconds: number): void {
    const held = new Map<number, PlayedNote>();
    for (const note of notes) if (note.start < seconds && note.end > seconds) held.set(note.pitch, note);
    for (const pitch of [...this.#down]) {
      if (held.has(pitch)) continue;
      this.#synth.noteOff(CHANNEL, pitch);
      this.#down.delete(pitch);
    }
    for (const [pitch, { end, velocity }] of held) {
      if (this.#down.has(pitch) || end - seconds < WORTH_STRIKING) continue;
      this.#synth.noteOn(CHANNEL, pitch, velocity);
      this.#down.add(pitch);
    }
    this.load(notes, cents);
    this.#find(seconds);
  }

  /** Lets go of all keys and goes to a place: notes that begin from there on sound. */
  seek(seconds: number): void {
    this.release();
    this.#find(seconds);
  }

  #find(seconds: number): void {
    let low = 0;
    let high = this.#strokes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const { at, lead } = this.#strokes[middle]!;
      if (at - lead < seconds - PIANO_ATTACK) low = middle + 1;
      else high = middle;
    }
    this.#next = low;
    this.#from = seconds;
  }

  release(): void {
    for (const pitch of this.#down) this.#synth.noteOff(CHANNEL, pitch);
    this.#down.clear();
  }

  /**
   * Plays on for `left.length` frames, which must be silent, from `seconds` on.
   * @param speed of the recording's; 0: nothing new begins, what sounds rings out
   * @param end seconds from where on no note begins, though it would be struck before
   */
  play(seconds: number, speed: number, end: number, left: Float32Array, right: Float32Array): void {
    const count = left.length;
    for (let at = 0; at < count; ) {
      const until = speed === 0 ? count : this.#strike(seconds, speed, end, at, count);
      if (until > at) this.#synth.process(left, right, at, until - at);
      at = until;
    }
  }

  /** Strikes what is due at frame `at`; the frame of what comes next. */
  #strike(seconds: number, speed: number, end: number, at: number, count: number): number {
    for (; this.#next < this.#strokes.length; this.#next++) {
      const { at: time, lead, pitch, velocity } = this.#strokes[this.#next]!;
      const frame = Math.round(((time - seconds) / speed - lead) * RATE);
      if (frame > at) return Math.min(frame, count);
      if (velocity > 0 && (time < this.#from - TINY || time > end - TINY)) continue;
      if (velocity === 0) {
        if (this.#down.delete(pitch)) this.#synth.noteOff(CHANNEL, pitch);
      } else {
        this.#down.add(pitch);
        this.#synth.noteOn(CHANNEL, pitch, velocity);
      }
    }
    return count;
  }
}
