import type { Beat } from '../contract/analysis.ts';
import { SongleafError } from '../contract/errors.ts';
import type { SeparateMode } from '../contract/separation.ts';
import { findProvisionalBeats } from './analysis/provisional-beats.ts';
import { decodeToStereo } from './audio/decode-to-stereo.ts';
import type { ExternalDecoder } from './audio/external-decoder.ts';
import type { OpenOptions } from './audio/open-audio.ts';
import { KeptAudio } from './kept-audio.ts';
import { makeListenProgress } from './listen-progress.ts';
import { VOICE_BAND } from './separation/band.ts';
import { type GivenStems, readGivenStems } from './separation/given-stems.ts';
import { hearGivenVoice, hearVoice } from './separation/hear-voice.ts';
import type { Transcriber } from './transcriber.ts';
import { BeatListener } from './transcription/beat-listener.ts';
import { listenForChords } from './transcription/chord-listener.ts';
import { type Evidence, HOP, SAMPLE_RATE } from './transcription/evidence.ts';
import { allocateEvidence } from './transcription/evidence-file.ts';
import {
  addStage,
  gatherStages,
  type HeardStage,
  pickStage,
  type StageStore,
} from './transcription/evidence-stages.ts';
import { type Attack, FluxListener } from './transcription/flux-listener.ts';
import { type NetworkOptions, withNetwork } from './transcription/network.ts';
import { transcribe } from './transcription/transcribe.ts';
import { workCancelled } from './work-cancelled.ts';

export interface ListenOptions extends NetworkOptions {
  signal?: AbortSignal;
  decodeExternally?: ExternalDecoder;
  /** Whether the voice is parted from the rest and followed; `auto` where left out. */
  separate?: SeparateMode;
  /** The song's stems, where a person has them; then they are followed whatever `separate` says. */
  stems?: GivenStems;
  /** What was heard before, and where to keep what is heard now. */
  stages?: StageStore;
  /** Told once where the beats seem to lie, before the notes are heard. */
  onBeats?: (beats: readonly Beat[]) => void;
  /** Told how much of the listening is done, 0 to 1. */
  onProgress?: (fraction: number) => void;
}

export interface Listened {
  evidence: Evidence;
  /** What is amiss with the file without making it useless, as sentences. */
  notes: readonly string[];
  /** Length of the decoded audio. */
  seconds: number;
  /** Whether anything had to be heard now. */
  fresh: boolean;
}

/**
 * Listens to a recording with every network: beats while it is decoded, then notes, then chords, whose tuning has to be
 * known before, then the voice. A stage that `stages` holds is not heard again.
 * @throws SongleafError every audio code of `errors.ts`, `cancelled`, `model-missing`, `model-corrupt`
 */
export async function listen(
  file: string,
  duration: number,
  transcriber: Transcriber,
  options: ListenOptions,
): Promise<Listened> {
  const { signal } = options;
  try {
    return await hearStages(file, duration, transcriber, options);
  } catch (error) {
    if (!signal?.aborted || error instanceof SongleafError) throw error;
    throw workCancelled();
  }
}

async function hearStages(
  file: string,
  duration: number,
  transcriber: Transcriber,
  options: ListenOptions,
): Promise<Listened> {
  const { separate = 'auto', stems, stages } = options;
  const opening: OpenOptions = {
    ...(options.signal ? { signal: options.signal } : {}),
    ...(options.decodeExternally ? { decodeExternally: options.decodeExternally } : {}),
  };
  const audio = new KeptAudio(file, opening);
  const known = gatherStages(stages, separate, stems !== undefined);
  const { missing } = known;
  let { evidence } = known;
  const progress = makeListenProgress(missing, options.onProgress);
  const keep = (stage: HeardStage, part: Partial<Evidence>) => {
    evidence = addStage(evidence, { ...evidence, ...part }, stage);
    stages?.write(stage, pickStage(evidence, stage));
  };
  if (missing.includes('notes')) {
    keep('notes', await hearNotes(audio, duration, transcriber, options, progress));
  }
  const expectedSeconds = (evidence.frames * HOP) / SAMPLE_RATE;
  if (missing.includes('chords')) {
    const onProgress = progress('chords');
    keep('chords', await listenForChords(() => audio.read(), { ...options, expectedSeconds, onProgress }));
  }
  audio.forget();
  if (missing.includes('voice')) {
    // The separator takes more memory than all else: what is idle goes first.
    await transcriber.releaseIdle();
    const voice = { ...options, expectedSeconds, onProgress: progress('voice') };
    const read = () => decodeToStereo(file, { ...opening, sampleRate: VOICE_BAND.rate });
    keep(
      'voice',
      stems
        ? await hearGivenVoice(readGivenStems(file, stems, opening, VOICE_BAND), voice)
        : await hearVoice(read, separate === 'always', voice),
    );
  }
  return {
    evidence,
    notes: audio.notes,
    seconds: audio.seconds || expectedSeconds,
    fresh: missing.length > 0,
  };
}

/** Beats, flux and loudness while the recording is decoded, then notes. */
async function hearNotes(
  audio: KeptAudio,
  duration: number,
  transcriber: Transcriber,
  options: ListenOptions,
  progress: ReturnType<typeof makeListenProgress>,
): Promise<Evidence> {
  const { signal, onBeats } = options;
  const { attack, ...beats } = await hearBeats(audio, duration, options, progress('beats'));
  // Frames of the transcriber and of the flux are the same, and so is the length of the audio.
  const seconds = (attack.frames * HOP) / SAMPLE_RATE;
  onBeats?.(findProvisionalBeats({ ...allocateEvidence(attack.frames), ...attack, ...beats }));
  const onNotes = progress('notes');
  const notes = await transcriber.use((network) =>
    transcribe(audio.read(), network, {
      expectedSeconds: seconds,
      attack,
      ...(signal ? { signal } : {}),
      onProgress: (time) => onNotes(time / Math.max(seconds, time, 1)),
    }),
  );
  return { ...notes, ...beats };
}

async function hearBeats(
  audio: KeptAudio,
  duration: number,
  options: ListenOptions,
  onProgress: (fraction: number) => void,
): Promise<{ attack: Attack; beatFrames: number; beats: Uint8Array }> {
  // A recurrent network goes frame by frame: a second thread would wait as much as it works, at a third more cost.
  return await withNetwork('beatnet', { ...options, threads: 1 }, async (network) => {
    const beats = new BeatListener(network, duration);
    const flux = new FluxListener(duration);
    let samples = 0;
    for await (const block of audio.read()) {
      options.signal?.throwIfAborted();
      flux.push(block);
      await beats.push(block);
      samples += block.length;
      onProgress(samples / SAMPLE_RATE / Math.max(duration, samples / SAMPLE_RATE, 1));
    }
    return { attack: flux.finish(), ...(await beats.finish()) };
  });
}
