import type { FromSound, ToSound } from './messages.ts';
import { Mixer } from './mixer.ts';
import { Piano } from './piano.ts';

// What an AudioWorkletGlobalScope has; the DOM's types do not know it.
declare const currentTime: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

/** Blocks of 128 frames between two reports: 23 ms. */
const REPORT = 8;

/** The mixer on the audio thread. */
class PlayerProcessor extends AudioWorkletProcessor {
  readonly #mixer = new Mixer((message) => this.#tell(message));
  #take: Extract<ToSound, { type: 'take' }> | null = null;
  #block = 0;
  #last = '';

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<ToSound>) => this.#receive(data);
  }

  process(_inputs: unknown, [output]: [Float32Array[]]): boolean {
    const [left, right] = output;
    const { position, playing, waiting, pace } = this.#mixer;
    // Told at once where something changes, now and then where it only goes on.
    const now = `${playing}${waiting}${pace}`;
    if (now !== this.#last || this.#block++ % REPORT === 0 || position < this.#lastPosition) {
      this.#last = now;
      const place = { contextTime: currentTime, position, speed: pace };
      this.#tell({ type: 'place', place, playing, waiting });
    }
    this.#lastPosition = position;
    this.#mixer.render(left!, right!);
    return true;
  }

  #lastPosition = 0;

  #tell(message: FromSound): void {
    this.port.postMessage(message);
  }

  #receive(message: ToSound): void {
    const mixer = this.#mixer;
    if (message.type === 'piano') void this.#open(message.font);
    else if (message.type === 'record') mixer.setRecord(message.frames);
    else if (message.type === 'chunk') mixer.putChunk(message.chunk, message.samples);
    else if (message.type === 'take') {
      this.#take = message;
      mixer.setTake(message.notes, message.cents, message.beats);
    } else if (message.type === 'gains') mixer.setGains(message.gains);
    else if (message.type === 'speed') mixer.setSpeed(message.speed);
    else if (message.type === 'pitch') mixer.setPitch(message.semitones);
    else if (message.type === 'loop') mixer.setLoop(message.loop);
    else if (message.type === 'play') mixer.play(message.from, message.countIn);
    else if (message.type === 'pause') mixer.pause();
    else mixer.seek(message.to);
  }

  async #open(font: ArrayBuffer): Promise<void> {
    try {
      this.#mixer.setPiano(await Piano.open(font));
      if (this.#take) this.#mixer.setTake(this.#take.notes, this.#take.cents, this.#take.beats);
      this.#tell({ type: 'ready' });
    } catch (error) {
      this.#tell({ type: 'failed', reason: error instanceof Error ? error.message : String(error) });
    }
  }
}

registerProcessor('songleaf-player', PlayerProcessor);
