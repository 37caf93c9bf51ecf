import { SongleafError } from '../../../main/contract/errors.ts';
import { PlaceLog } from './place-log.ts';
import type { FromSound, ToSound } from './sound/messages.ts';
import { CHUNK, RATE } from './sound/pcm-store.ts';
import workletUrl from './sound/worklet.ts?worker&url';
import type { OpenSound } from './sound-source.ts';

export interface OutputEvents {
  onState(state: { playing: boolean; waiting: boolean }): void;
  onEnded(): void;
  onFailure(error: unknown): void;
}

/** The audio thread as the window has it: sends it what it needs and knows what is heard at this moment. */
export class AudioOutput {
  readonly #context: AudioContext;
  readonly #node: AudioWorkletNode;
  readonly #events: OutputEvents;
  readonly #log = new PlaceLog();
  #sound: OpenSound | null = null;
  readonly #fetching = new Set<number>();
  #ready: { resolve: () => void; reject: (error: unknown) => void } | null = null;

  private constructor(context: AudioContext, node: AudioWorkletNode, events: OutputEvents) {
    this.#context = context;
    this.#node = node;
    this.#events = events;
    node.port.onmessage = ({ data }: MessageEvent<FromSound>) => this.#receive(data);
    node.onprocessorerror = () => events.onFailure(broken('The audio thread stopped.'));
    node.connect(context.destination);
  }

  /**
   * @param device id of the loudspeakers; empty: the system's
   * @throws SongleafError where there is no sound output or the piano cannot be played
   */
  static async open(font: ArrayBuffer, device: string, events: OutputEvents): Promise<AudioOutput> {
    const context = new AudioContext({ sampleRate: RATE, latencyHint: 'interactive' });
    try {
      await sendTo(context, device);
      await context.audioWorklet.addModule(workletUrl);
      const node = new AudioWorkletNode(context, 'songleaf-player', {
        numberOfInputs: 0,
        outputChannelCount: [2],
      });
      const output = new AudioOutput(context, node, events);
      await new Promise<void>((resolve, reject) => {
        output.#ready = { resolve, reject };
        node.port.postMessage({ type: 'piano', font } satisfies ToSound, [font]);
      });
      return output;
    } catch (error) {
      await context.close();
      throw error;
    }
  }

  send(message: ToSound): void {
    this.#node.port.postMessage(message);
  }

  /** Plays another recording. */
  setSound(sound: OpenSound): void {
    this.#sound = sound;
    this.#fetching.clear();
    this.send({ type: 'record', frames: sound.frames });
  }

  /** Plays on other loudspeakers from now on; empty: on the system's. */
  async setDevice(device: string): Promise<void> {
    await sendTo(this.#context, device);
  }

  /** Lets the sound device go; `wake` takes it again. */
  async sleep(): Promise<void> {
    await this.#context.suspend();
  }

  /** A context that was made before the person touched anything is asleep, and one that was put to sleep. */
  async wake(): Promise<void> {
    // Even where it runs: it may be about to fall asleep.
    await this.#context.resume();
  }

  /** Seconds of the recording that are heard now. */
  heard(): number {
    return this.#log.at(this.#heardTime());
  }

  async close(): Promise<void> {
    this.#node.disconnect();
    await this.#context.close();
  }

  /** The audio context's time of what leaves the loudspeaker now. */
  #heardTime(): number {
    const { contextTime = 0, performanceTime = 0 } = this.#context.getOutputTimestamp();
    if (contextTime > 0 && performanceTime > 0) {
      return contextTime + (performance.now() - performanceTime) / 1000;
    }
    return this.#context.currentTime - (this.#context.outputLatency || this.#context.baseLatency || 0);
  }

  #receive(message: FromSound): void {
    if (message.type === 'place') {
      this.#log.add(message.place);
      this.#events.onState({ playing: message.playing, waiting: message.waiting });
    } else if (message.type === 'need') void this.#fetch(message.chunks);
    else if (message.type === 'ended') this.#events.onEnded();
    else if (message.type === 'ready') this.#ready?.resolve();
    else this.#ready?.reject(broken(message.reason));
  }

  async #fetch(chunks: readonly number[]): Promise<void> {
    const sound = this.#sound;
    if (sound === null) return;
    const wanted = chunks.filter((chunk) => !this.#fetching.has(chunk));
    for (const chunk of wanted) this.#fetching.add(chunk);
    try {
      for (const chunk of wanted) {
        const samples = await sound.read(chunk * CHUNK, CHUNK);
        if (this.#sound !== sound) return;
        this.#fetching.delete(chunk);
        this.#node.port.postMessage({ type: 'chunk', chunk, samples } satisfies ToSound, [samples.buffer]);
      }
    } catch (error) {
      if (this.#sound !== sound) return;
      for (const chunk of wanted) this.#fetching.delete(chunk);
      this.#events.onFailure(error);
    }
  }
}

/** Where sound goes is newer than the DOM's types; not every browser has it. */
type Sinkable = AudioContext & { sinkId?: string; setSinkId?(device: string): Promise<void> };

/** Loudspeakers that are gone leave the sound where the system puts it. */
async function sendTo(context: Sinkable, device: string): Promise<void> {
  if (context.setSinkId === undefined || context.sinkId === device) return;
  try {
    await context.setSinkId(device);
  } catch {
    if (context.sinkId !== '') await context.setSinkId('');
  }
}

function broken(reason: string): SongleafError {
  return new SongleafError(
    'internal',
    `The sound could not be played: ${reason}`,
    'Check the sound output of this computer and open the song again.',
  );
}
