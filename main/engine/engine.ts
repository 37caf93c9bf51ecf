import type { Analysis, Chord, SongInfo } from '../contract/analysis.ts';
import type { Arrangement, ArrangeSettings, ModelName, Roll } from '../contract/arrangement.ts';
import type { AudioFormat } from '../contract/audio.ts';
import type { Credit } from '../contract/calls.ts';
import type { Correction } from '../contract/corrections.ts';
import type { Progress } from '../contract/jobs.ts';
import { analyse } from './analysis/analyse.ts';
import type { BeatSpans } from './analysis/chords/harmony-rows.ts';
import { hearChords } from './analysis/hear-chords.ts';
import { type HeardMelody, listenForMelody } from './analysis/melody-listener.ts';
import { arrange, rollBars } from './arranger/arranger.ts';
import { checkModel, listPresentModels } from './arranger/present-models.ts';
import { decodeToMono } from './audio/decode-to-mono.ts';
import { decodeToStereo } from './audio/decode-to-stereo.ts';
import type { ExternalDecoder } from './audio/external-decoder.ts';
import { measureWaveform } from './audio/waveform.ts';
import { type Beside, exportAudio } from './audio-out/export-audio.ts';
import { measurePiano } from './audio-out/levels.ts';
import { performTake } from './audio-out/performance.ts';
import { checkPiano, findPianoDir, readPiano, readPianoCredit } from './audio-out/piano-font.ts';
import { OUTPUT_RATE } from './audio-out/render-piano.ts';
import { writeAudio } from './audio-out/write-audio.ts';
import { makeCorrection } from './corrections/make-correction.ts';
import { readCredits } from './credits.ts';
import { type ListenOptions, listen } from './listen.ts';
import { findWeightsDir } from './places.ts';
import { progressAt } from './progress.ts';
import { separateToFiles } from './separation/separate-to-files.ts';
import { keepHeapSmall } from './small-heap.ts';
import { readSong } from './song-file.ts';
import { Transcriber } from './transcriber.ts';
import type { ChosenDevice, Device, DeviceChoice, Probe } from './transcription/devices.ts';
import type { Evidence } from './transcription/evidence.ts';
import type { StageStore } from './transcription/evidence-stages.ts';
import { type NetworkOptions, withNetwork } from './transcription/network.ts';
import { workCancelled } from './work-cancelled.ts';

export interface EngineOptions {
  /** Folder of the networks; found beside the program where left out. */
  weightsDir?: string;
  /** Folder of the piano's sound; found beside the program where left out. */
  pianoDir?: string;
  device?: DeviceChoice;
  /** CPU threads of the networks; 0 or left out: the runtime's choice. */
  threads?: number;
  /** Tries devices; a child process of Node where left out. */
  probe?: Probe;
  /** Decodes what the built-in decoders cannot (AAC), where the surroundings can. */
  decodeExternally?: ExternalDecoder;
}

export interface WorkTools {
  signal?: AbortSignal;
  /** Never goes back; called some ten times a second at most per stage. */
  onProgress?: (progress: Progress) => void;
}

/** What hearing takes beside the tools; see `ListenOptions`. */
export interface HearTools extends WorkTools, Pick<ListenOptions, 'separate' | 'stems' | 'onBeats'> {
  /** What was heard of the song before, and where to keep what is heard now; may refuse the song by throwing. */
  stagesOf?: (song: SongInfo) => StageStore;
}

/** A song as heard, before anything is concluded from it. */
export interface Heard {
  song: SongInfo;
  evidence: Evidence;
  /** What is amiss with the file without making it useless, as sentences. */
  notes: readonly string[];
  /** Where the networks ran; absent where the evidence was kept from before. */
  device?: Device;
}

/**
 * Songleaf's whole knowledge behind one door: from a file to what is heard in it, from there to an analysis, from there
 * to takes. Each step has one input and one output and keeps nothing; the library and its queue stand on top
 * (`calls.ts`).
 */
export class Engine {
  readonly #transcriber: Transcriber;
  #options: EngineOptions;
  readonly #weightsDir: string;

  constructor(options: EngineOptions = {}) {
    this.#options = options;
    this.#weightsDir = options.weightsDir ?? findWeightsDir();
    this.#transcriber = new Transcriber({
      weightsDir: this.#weightsDir,
      device: options.device ?? 'auto',
      threads: options.threads ?? 0,
      ...(options.probe ? { probe: options.probe } : {}),
    });
  }

  /** Changes where the networks run and with how many threads; work under way ends as it began. */
  async configure(change: { device: DeviceChoice; threads: number }): Promise<void> {
    this.#options = { ...this.#options, ...change };
    await this.#transcriber.configure(change);
  }

  /** Where the networks run. @throws SongleafError `device-unavailable` */
  async device(): Promise<ChosenDevice> {
    return await this.#transcriber.device();
  }

  /**
   * Reads a recording and listens to it.
   * @throws SongleafError naming the file: every audio code of `errors.ts`, `cancelled`
   */
  async hear(file: string, tools: HearTools = {}): Promise<Heard> {
    tools.onProgress?.(progressAt('read', 0));
    const song = await readSong(file);
    keepHeapSmall(song.duration);
    tools.onProgress?.(progressAt('listen', 0));
    const { evidence, notes, seconds, fresh } = await listen(file, song.duration, this.#transcriber, {
      weightsDir: this.#weightsDir,
      threads: this.#options.threads ?? 0,
      ...(tools.signal ? { signal: tools.signal } : {}),
      ...(tools.separate ? { separate: tools.separate } : {}),
      ...(tools.stems ? { stems: tools.stems } : {}),
      ...(tools.onBeats ? { onBeats: tools.onBeats } : {}),
      ...(tools.stagesOf ? { stages: tools.stagesOf(song) } : {}),
      ...(this.#options.decodeExternally ? { decodeExternally: this.#options.decodeExternally } : {}),
      onProgress: (fraction) => tools.onProgress?.(progressAt('listen', fraction)),
    });
    // Some headers do not tell the length; then the decoder does.
    const heard = { song: song.duration > 0 ? song : { ...song, duration: seconds }, evidence, notes };
    return fresh ? { ...heard, device: (await this.#transcriber.device()).device } : heard;
  }

  /**
   * Parts the voice from the rest and writes both as FLAC of 16 bits at 44.1 kHz; together they are the recording.
   * @throws SongleafError naming the file: every audio code of `errors.ts`, `file-unwritable`, `cancelled`
   */
  async separate(
    file: string,
    targets: { vocals: string; accompaniment: string },
    tools: WorkTools = {},
  ): Promise<{ song: SongInfo }> {
    tools.onProgress?.(progressAt('read', 0));
    const song = await readSong(file);
    const { signal, onProgress } = tools;
    await separateToFiles(file, targets, {
      weightsDir: this.#weightsDir,
      threads: this.#options.threads ?? 0,
      expectedSeconds: song.duration,
      ...(signal ? { signal } : {}),
      ...(this.#options.decodeExternally ? { decodeExternally: this.#options.decodeExternally } : {}),
      onProgress: (fraction) =>
        onProgress?.({ stage: 'listen', stageFraction: fraction, fraction: 0.98 * fraction }),
    });
    onProgress?.(progressAt('write', 1));
    return { song };
  }

  /** Concludes beats, chords, key, melody and sections from what was heard. */
  async analyse(heard: Heard, tools: WorkTools = {}): Promise<Analysis> {
    return await analyse(heard.evidence, heard.song, {
      networks: this.#networks(),
      onStage: async (stage) => {
        tools.onProgress?.(progressAt(stage, 0));
        await breathe(tools.signal);
      },
    });
  }

  /** How loud a recording is, to draw it. @throws SongleafError naming the file: every audio code of `errors.ts` */
  async measureWaveform(file: string): Promise<Uint8Array> {
    const { decodeExternally } = this.#options;
    return await measureWaveform(decodeToMono(file, decodeExternally ? { decodeExternally } : {}));
  }

  /**
   * Sets something right in an analysis and finds again what depends on it.
   * @throws SongleafError `bad-request` where the correction makes no sense in this song
   */
  async correct(analysis: Analysis, correction: Correction, evidence: Evidence): Promise<Analysis> {
    return await makeCorrection(analysis, correction, () => ({
      evidence,
      listenForMelody: () => this.listenForMelody(evidence),
      findChords: (grid) => this.findChords(evidence, grid),
    }));
  }

  /** Listens for the melody in what was heard, as `analyse` does: for corrections that move the beats. */
  async listenForMelody(evidence: Evidence): Promise<HeardMelody> {
    const networks = this.#networks();
    return await withNetwork('melody', networks, (network) => listenForMelody(evidence, network));
  }

  /** Finds chords in what was heard, as `analyse` does: for corrections that move beats or bars. */
  async findChords(evidence: Evidence, grid: BeatSpans): Promise<Chord[]> {
    return await hearChords(evidence, grid, this.#networks());
  }

  /** Arrangers whose networks are there. @throws SongleafError `model-missing`, `model-corrupt` */
  async models(): Promise<ModelName[]> {
    return await listPresentModels(this.#weightsDir);
  }

  /** Refuses an arranger whose networks are not there. @throws SongleafError `model-missing`, `model-corrupt` */
  async checkModel(model: ModelName): Promise<void> {
    await checkModel(model, this.#weightsDir);
  }

  /** Writes one take: the same analysis, evidence and settings give the same take. */
  async arrange(
    analysis: Analysis,
    evidence: Evidence,
    settings: ArrangeSettings,
    tools: WorkTools = {},
  ): Promise<Arrangement> {
    tools.onProgress?.(progressAt('arrange', 0));
    await breathe(tools.signal);
    return await arrange(analysis, evidence, settings, this.#networks());
  }

  /** Writes some bars of a take again; see `rollBars` of the arranger. */
  async rollBars(
    take: Arrangement,
    analysis: Analysis,
    evidence: Evidence,
    roll: Roll,
    tools: WorkTools = {},
  ): Promise<Arrangement> {
    tools.onProgress?.(progressAt('arrange', 0));
    await breathe(tools.signal);
    return await rollBars(take, analysis, evidence, roll, this.#networks());
  }

  /**
   * Plays a take into a sound file, tuned to the recording and in its time.
   * @param beside what sounds with the piano
   * @throws SongleafError what `exportAudio` throws; `model-missing`, `model-corrupt` where the piano's sound is amiss
   */
  async play(
    arrangement: Arrangement,
    analysis: Analysis,
    beside: Beside,
    output: { target: string; format: AudioFormat },
    tools: WorkTools = {},
  ): Promise<void> {
    const { signal, onProgress } = tools;
    await exportAudio(arrangement, output.target, {
      font: await this.piano(),
      cents: analysis.tuning.cents,
      beside,
      format: output.format,
      ...(signal ? { signal } : {}),
      ...(this.#options.decodeExternally ? { decodeExternally: this.#options.decodeExternally } : {}),
      onProgress: (fraction) => onProgress?.(progressAt('write', fraction)),
    });
  }

  /**
   * Decodes a recording into a WAV file of 16-bit stereo at 44.1 kHz.
   * @throws SongleafError every audio code of `errors.ts`, `file-unwritable`, `cancelled`
   */
  async decode(file: string, target: string, signal: AbortSignal): Promise<void> {
    const { decodeExternally } = this.#options;
    const blocks = decodeToStereo(file, {
      sampleRate: OUTPUT_RATE,
      signal,
      ...(decodeExternally ? { decodeExternally } : {}),
    });
    await writeAudio(blocks, target, 'wav', OUTPUT_RATE);
  }

  /** How loud a take is on the piano, in LUFS. @throws SongleafError `model-missing`, `model-corrupt` */
  async loudness(arrangement: Arrangement): Promise<number | null> {
    return await measurePiano(await this.piano(), performTake(arrangement));
  }

  /** Where the piano's sound bank lies, once it has been checked. @throws SongleafError `model-missing`, `model-corrupt` */
  async pianoFile(): Promise<string> {
    return await checkPiano(this.#options.pianoDir ?? findPianoDir());
  }

  /** The piano's sound bank (SF3). @throws SongleafError `model-missing`, `model-corrupt` */
  async piano(): Promise<Uint8Array> {
    return await readPiano(this.#options.pianoDir ?? findPianoDir());
  }

  /** Whose networks hear and whose piano plays, and on which terms. @throws SongleafError `model-missing`, `model-corrupt` */
  async credits(): Promise<Credit[]> {
    const piano = await readPianoCredit(this.#options.pianoDir ?? findPianoDir());
    return [...(await readCredits(this.#weightsDir)), piano];
  }

  #networks(): NetworkOptions {
    return { weightsDir: this.#weightsDir, threads: this.#options.threads ?? 0 };
  }

  /** Lets the networks go. The engine can be used again after it. */
  async close(): Promise<void> {
    await this.#transcriber.release();
  }
}

/** Lets messages in (a cancel among them) and progress out between two stretches of computing. */
async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (signal?.aborted) {
    throw workCancelled();
  }
}
