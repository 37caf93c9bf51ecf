import type { Click, FromSound, Gains, PlayedNote } from './messages.ts';
import { Metronome } from './metronome.ts';
import { CHUNK, PcmStore, RATE } from './pcm-store.ts';
import type { Piano } from './piano.ts';
import { HOP } from './stretch.ts';
import { Transposer } from './transposer.ts';

/** Seconds ahead that the recording is fetched. */
const AHEAD = 12;
/** Share of the way to a new gain that is gone in a block of 128 frames: most of it in 20 ms. */
const GLIDE = 0.15;
/** Seconds by which the end of what is played may be missed in rounding. */
const TINY = 1e-7;

/**
 * Mixes recording, piano and metronome on one clock: the place in the recording, which goes on frame by frame. Nothing
 * here knows of the browser, so that it can be measured anywhere.
 */
export class Mixer {
  readonly #tell: (message: FromSound) => void;
  #store = new PcmStore(0);
  #record = new Transposer(this.#store);
  #semitones = 0;
  #piano: Piano | null = null;
  readonly #beats = new Metronome();
  readonly #countIn = new Metronome();
  #loop: { from: number; to: number } | null = null;
  #speed = 1;
  #gains: Gains = { record: 0, piano: 0, click: 0 };
  #heard: Gains = { record: 0, piano: 0, click: 0 };
  #playing = false;
  #waiting = false;
  /** Seconds of the recording at the next frame. */
  #position = 0;
  /** Where the music begins; before it only the count-in sounds. */
  #from = 0;
  #jumped = true;
  readonly #step = [new Float32Array(HOP), new Float32Array(HOP)] as const;
  /** Frames of the step, how many of them have been played, and the speed they were made at. */
  #made = 0;
  #done = 0;
  #madeSpeed = 1;
  #asked = '';

  constructor(tell: (message: FromSound) => void) {
    this.#tell = tell;
  }

  get playing(): boolean {
    return this.#playing;
  }

  get waiting(): boolean {
    return this.#waiting;
  }

  /** Seconds of the recording at the next frame. */
  get position(): number {
    return this.#position;
  }

  /** The speed at which the place moves now. */
  get pace(): number {
    return this.#playing && !this.#waiting ? (this.#done < this.#made ? this.#madeSpeed : this.#speed) : 0;
  }

  setPiano(piano: Piano): void {
    this.#piano = piano;
  }

  /** Takes another recording of `frames` frames. */
  setRecord(frames: number): void {
    this.#store = new PcmStore(frames);
    this.#record = new Transposer(this.#store);
    this.#record.setPitch(this.#semitones);
    this.#asked = '';
    this.#drop();
  }

  putChunk(chunk: number, samples: Int16Array): void {
    this.#store.put(chunk, samples);
    this.#asked = '';
  }

  setTake(notes: readonly PlayedNote[], cents: number, beats: readonly Click[]): void {
    this.#beats.load(beats);
    if (this.#playing && !this.#waiting && this.#position > this.#from) {
      this.#piano?.change(notes, cents, this.#position);
      this.#beats.seek(this.#position);
      return;
    }
    this.#piano?.load(notes, cents);
    this.#seekParts();
  }

  setGains(gains: Gains): void {
    this.#gains = gains;
  }

  setSpeed(speed: number): void {
    this.#speed = speed;
  }

  /** Plays the recording so many semitones higher. */
  setPitch(semitones: number): void {
    this.#semitones = semitones;
    this.#record.setPitch(semitones);
    this.#drop();
  }

  setLoop(loop: { from: number; to: number } | null): void {
    // Said again with every setting: what has been made of the recording would be cut off.
    if (loop?.from === this.#loop?.from && loop?.to === this.#loop?.to) return;
    this.#loop = loop;
    this.#drop();
  }

  play(from: number, countIn: readonly Click[]): void {
    this.#countIn.load(countIn);
    this.#from = from;
    this.#position = Math.min(from, countIn[0]?.at ?? from);
    this.#playing = true;
    this.#drop();
    this.#seekParts();
  }

  pause(): void {
    this.#playing = false;
    this.#waiting = false;
    this.#piano?.release();
    this.#record.silence();
    this.#drop();
    // A count-in that was broken off starts anew.
    this.#position = Math.max(this.#position, this.#from);
  }

  seek(to: number): void {
    this.#position = to;
    this.#from = to;
    this.#countIn.load([]);
    this.#drop();
    this.#seekParts();
  }

  /** Plays the next frames into silent arrays. */
  render(left: Float32Array, right: Float32Array): void {
    this.#glide();
    for (let at = 0; at < left.length; ) {
      const room = left.length - at;
      if (!this.#playing) this.#ask(this.#position * RATE);
      if (!this.#playing || !this.#ensureStep()) {
        this.#ringOut(left.subarray(at), right.subarray(at));
        return;
      }
      const count = Math.min(room, this.#made - this.#done);
      this.#mix(left.subarray(at, at + count), right.subarray(at, at + count));
      at += count;
      this.#done += count;
      this.#position += (count * this.#madeSpeed) / RATE;
      if (this.#done === this.#made) this.#turn();
    }
  }

  /** Makes the next step of the recording where there is none left. False where its sound is not there yet. */
  #ensureStep(): boolean {
    if (this.#done < this.#made) return true;
    const silent = this.#position < this.#from - TINY;
    const end = silent ? this.#from : this.#end();
    const left = Math.max(1, Math.round(((end - this.#position) / this.#speed) * RATE));
    // No step is so short that it cannot be blended.
    const count = left <= HOP ? left : left < HOP + HOP / 4 ? left >> 1 : HOP;
    const frame = this.#position * RATE;
    this.#ask(frame);
    if (!silent && this.#record.missing(frame, count, this.#speed).length > 0) {
      if (!this.#waiting) this.#piano?.release();
      this.#waiting = true;
      return false;
    }
    if (this.#waiting) this.#seekParts();
    this.#waiting = false;
    this.#made = count;
    this.#done = 0;
    this.#madeSpeed = this.#speed;
    const [first, second] = this.#step.map((side) => side.subarray(0, count)) as [Float32Array, Float32Array];
    if (silent) {
      first.fill(0);
      second.fill(0);
      this.#record.silence();
    } else {
      this.#record.play(frame, this.#speed, this.#jumped, first, second);
      this.#jumped = false;
    }
    return true;
  }

  #end(): number {
    const whole = this.#store.frames / RATE;
    return this.#loop && this.#position < this.#loop.to - TINY ? this.#loop.to : whole;
  }

  /** At the end of the loop goes back to its beginning, at the end of the recording stops. */
  #turn(): void {
    // Half a frame: what rounding may have left.
    const near = (to: number) => this.#position >= to - 0.5 / RATE;
    if (this.#loop && near(this.#loop.to) && this.#position < this.#loop.to + 0.1) {
      this.#position = this.#loop.from;
      this.#from = this.#loop.from;
      this.#jumped = true;
      this.#seekParts();
    } else if (near(this.#store.frames / RATE)) {
      this.pause();
      this.#tell({ type: 'ended' });
    }
  }

  #mix(left: Float32Array, right: Float32Array): void {
    const { record, piano, click } = this.#heard;
    this.#playPiano(this.#position < this.#from - TINY ? 0 : this.#madeSpeed, piano, left, right);
    for (let i = 0; i < left.length; i++) {
      left[i]! += record * this.#step[0][this.#done + i]!;
      right[i]! += record * this.#step[1][this.#done + i]!;
    }
    this.#countIn.play(this.#position, this.#madeSpeed, 0.5, left, right);
    if (this.#position >= this.#from - TINY) {
      this.#beats.play(this.#position, this.#madeSpeed, click, left, right);
    }
  }

  #ringOut(left: Float32Array, right: Float32Array): void {
    this.#playPiano(0, this.#heard.piano, left, right);
  }

  #playPiano(speed: number, gain: number, left: Float32Array, right: Float32Array): void {
    if (this.#piano === null) return;
    this.#piano.play(this.#position, speed, this.#end(), left, right);
    for (let i = 0; i < left.length; i++) {
      left[i]! *= gain;
      right[i]! *= gain;
    }
  }

  #glide(): void {
    for (const part of ['record', 'piano', 'click'] as const) {
      this.#heard[part] += GLIDE * (this.#gains[part] - this.#heard[part]);
    }
  }

  #drop(): void {
    this.#asked = '';
    this.#made = 0;
    this.#done = 0;
    this.#jumped = true;
  }

  #seekParts(): void {
    const start = Math.max(this.#position, this.#from);
    this.#piano?.seek(start);
    this.#beats.seek(start);
    this.#countIn.seek(this.#position);
  }

  /** Asks for what comes next, and for where the loop begins. */
  #ask(frame: number): void {
    const ahead = this.#store.missing(frame - CHUNK / 16, frame + AHEAD * RATE);
    const begin = this.#loop ? this.#loop.from * RATE : frame;
    const chunks = [...ahead, ...this.#store.missing(begin - CHUNK / 16, begin + RATE)];
    const key = chunks.join();
    if (key === this.#asked || chunks.length === 0) return;
    this.#asked = key;
    this.#tell({ type: 'need', chunks: [...new Set(chunks)] });
  }
}
