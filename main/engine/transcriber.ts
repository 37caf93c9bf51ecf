import { type BasicPitch, loadBasicPitch } from './transcription/basic-pitch.ts';
import { type ChosenDevice, chooseDevice, type DeviceChoice, type Probe } from './transcription/devices.ts';
import { readWeights } from './weights.ts';

/** A loaded network is let go after this long without use, so that an idle app is small. */
const IDLE_MS = 45_000;

export interface TranscriberOptions {
  weightsDir: string;
  device: DeviceChoice;
  /** CPU threads; 0 lets the runtime choose. */
  threads: number;
  probe?: Probe;
}

/** Loads Basic Pitch when it is first needed, on the device that is chosen then, and lets it go when idle. */
export class Transcriber {
  #options: TranscriberOptions;
  #chosen: Promise<ChosenDevice> | null = null;
  #network: Promise<BasicPitch> | null = null;
  #users = 0;
  #timer: NodeJS.Timeout | null = null;
  /** Whether the network that is at work was loaded with other options than are wanted now. */
  #outdated = false;

  constructor(options: TranscriberOptions) {
    this.#options = options;
  }

  /** Changes where and how the network runs, from the next song on. */
  async configure(change: Pick<TranscriberOptions, 'device' | 'threads'>): Promise<void> {
    this.#options = { ...this.#options, ...change };
    this.#chosen = null;
    if (this.#users === 0) await this.release();
    else this.#outdated = true;
  }

  /** The device in use. @throws SongleafError `device-unavailable` */
  async device(): Promise<ChosenDevice> {
    const { device, weightsDir, probe } = this.#options;
    // One that failed is tried afresh next time.
    this.#chosen ??= chooseDevice(device, weightsDir, probe).catch((error: unknown) => {
      this.#chosen = null;
      throw error;
    });
    return await this.#chosen;
  }

  /** Runs `work` with the network, which stays loaded until it has been idle for a while. */
  async use<T>(work: (network: BasicPitch) => Promise<T>): Promise<T> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#users++;
    try {
      this.#network ??= this.#load();
      return await work(await this.#network);
    } catch (error) {
      // A network that failed to load is tried afresh next time.
      if (this.#users === 1) await this.release();
      throw error;
    } finally {
      this.#users--;
      if (this.#users === 0 && this.#outdated) {
        this.#outdated = false;
        await this.release();
      } else if (this.#users === 0 && this.#network) {
        this.#timer = setTimeout(() => void this.release(), IDLE_MS);
        this.#timer.unref();
      }
    }
  }

  /** Lets the network go now, unless it is at work. */
  async releaseIdle(): Promise<void> {
    if (this.#users === 0) await this.release();
  }

  async release(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const network = this.#network;
    this.#network = null;
    const loaded = await network?.catch(() => null);
    await loaded?.release();
  }

  async #load(): Promise<BasicPitch> {
    const { device } = await this.device();
    const weights = await readWeights(this.#options.weightsDir, 'basic-pitch');
    return await loadBasicPitch(weights, device, this.#options.threads);
  }
}
