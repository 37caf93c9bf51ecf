import { SongleafError } from '../../contract/errors.ts';
import { openResampler } from '../audio/resample.ts';
import { VOICE_VALUES } from '../transcription/evidence.ts';
import { Growing, makeBytes } from '../transcription/growing.ts';
import type { Network } from '../transcription/network.ts';
import { SampleQueue } from '../transcription/sample-queue.ts';
import { VOICE_BAND } from './band.ts';
import type { Separated } from './separate.ts';
import { quantiseVoice, ShareMeter } from './voice-plane.ts';

/** SwiftF0's sample rate and hop (Nieradzik, 2025). */
const RATE = 16_000;
const HOP = 256;
/** Its frame t is centred on the middle of hop t; half a hop of lead puts it on sample 256 t. */
const LEAD = HOP / 2;
/** Frames of context that the network needs before and behind (`models/README.md`). */
const BEFORE = 11;
const BEHIND = 10;
/** Frames at once: 6.4 s, which take 40 MB. */
const CHUNK = 400;
/** Range of the pitch in Hz: all that the network knows. */
const FMIN = { data: Float32Array.of(46.875), shape: [] };
const FMAX = { data: Float32Array.of(2093.75), shape: [] };
/** Frames whose samples all stay below this count as silent: in silence the network guesses (its authors' rule). */
const SILENT = 0.001;

/** Follows the pitch of the separated voice and measures its share of the mix. */
export class VoiceListener {
  readonly #network: Network;
  readonly #resampler = openResampler(VOICE_BAND.rate, RATE);
  readonly #queue = new SampleQueue(-LEAD - BEFORE * HOP);
  readonly #shares = new ShareMeter(VOICE_BAND.rate);
  readonly #heard: Growing<Uint8Array>;
  #frame = 0;

  /** @param network `swift_f0.onnx` */
  constructor(network: Network, expectedSeconds: number) {
    this.#network = network;
    this.#heard = new Growing(makeBytes, ((expectedSeconds * RATE) / HOP + 2) * VOICE_VALUES);
  }

  /** Takes the next stretch of the song, at the rate of `VOICE_BAND`. */
  async push({ mix, vocals }: Separated): Promise<void> {
    this.#shares.push(vocals, mix);
    const [left, right] = vocals;
    const mono = left.map((sample, i) => (sample + right[i]) / 2);
    this.#queue.push(this.#resampler.process(mono));
    while (this.#queue.end >= (this.#frame + CHUNK + BEHIND) * HOP) await this.#hear(CHUNK);
  }

  /** Hears what is left. @returns the plane `voice` of the evidence */
  async finish(): Promise<{ voiceFrames: number; voice: Uint8Array }> {
    this.#queue.push(this.#resampler.finish());
    const total = this.#queue.end === 0 ? 0 : 1 + Math.floor(this.#queue.end / HOP);
    while (this.#frame < total) await this.#hear(Math.min(CHUNK, total - this.#frame));
    return { voiceFrames: this.#frame, voice: this.#heard.finish() };
  }

  async #hear(frames: number): Promise<void> {
    const audio = new Float32Array((BEFORE + frames + BEHIND) * HOP);
    this.#queue.read((this.#frame - BEFORE) * HOP - LEAD, audio);
    const loud = Array.from({ length: frames }, (_, t) => isLoud(audio, (BEFORE + t) * HOP));
    const { pitch, confidence } = loud.includes(true)
      ? await this.#network.run({ audio: { data: audio, shape: [1, audio.length] }, fmin: FMIN, fmax: FMAX })
      : { pitch: new Float32Array(BEFORE + frames + BEHIND), confidence: new Float32Array(0) };
    if (pitch?.length !== BEFORE + frames + BEHIND) {
      throw new SongleafError('model-corrupt', 'SwiftF0 gave no pitch.', 'Install Songleaf again.');
    }
    const target = this.#heard.grow(frames * VOICE_VALUES);
    for (let t = 0; t < frames; t++) {
      const sure = loud[t] ? confidence[BEFORE + t] : 0;
      quantiseVoice(pitch[BEFORE + t], sure, this.#shares.shareAt(this.#frame + t), target, t);
    }
    this.#frame += frames;
    this.#queue.dropBefore((this.#frame - BEFORE) * HOP - LEAD);
  }
}

function isLoud(audio: Float32Array, from: number): boolean {
  for (let i = from; i < from + HOP; i++) if (Math.abs(audio[i]) >= SILENT) return true;
  return false;
}
