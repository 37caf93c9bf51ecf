import { BasicSoundBank, SoundBankLoader, SpessaSynthProcessor } from 'spessasynth_core';
import { PIANO_ATTACK } from '../../contract/performance.ts';
import type { Stereo } from '../audio/decode-to-stereo.ts';
import { workCancelled } from '../work-cancelled.ts';
import type { PlayedNote } from './performance.ts';

/** Hz of all audio that is written. */
export const OUTPUT_RATE = 44_100;
/** Samples of a block. */
const BLOCK = 4096;
/** Seconds that the last note rings on. */
export const RING_OUT = 3;
const CHANNEL = 0;

export interface RenderPianoOptions {
  /** Cents by which the piano is tuned away from A = 440 Hz. */
  cents: number;
  /** Seconds to render; to the end of the last note's ringing where left out. */
  seconds?: number;
  signal?: AbortSignal;
}

/**
 * Plays notes on the sampled piano, in blocks of fresh arrays at `OUTPUT_RATE`; sample i lies at i / `OUTPUT_RATE`
 * seconds of the recording, and every note is heard from its time on. Memory is bounded whatever the length.
 * @param font the sound bank (`readPiano`)
 * @param notes sorted by start
 * @throws SongleafError `cancelled`
 */
export async function* renderPiano(
  font: Uint8Array,
  notes: readonly PlayedNote[],
  options: RenderPianoOptions,
): AsyncGenerator<Stereo> {
  const synth = await openSynth(font, options.cents);
  try {
    const strokes = toStrokes(notes);
    const last = notes.reduce((end, note) => Math.max(end, note.end), 0);
    const total = Math.round((options.seconds ?? last + RING_OUT) * OUTPUT_RATE);
    let next = 0;
    for (let from = 0; from < total; from += BLOCK) {
      if (options.signal?.aborted) throw workCancelled();
      const length = Math.min(BLOCK, total - from);
      const block: Stereo = [new Float32Array(length), new Float32Array(length)];
      for (let at = 0; at < length; ) {
        while (next < strokes.length && strokes[next]!.sample <= from + at) strike(synth, strokes[next++]!);
        const until = Math.min(length, (strokes[next]?.sample ?? Number.POSITIVE_INFINITY) - from);
        synth.process(block[0], block[1], at, until - at);
        at = until;
      }
      yield block;
      // Lets messages in, a cancel among them.
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    synth.destroySynthProcessor();
  }
}

/** A key that goes down, or up where `velocity` is 0. */
interface Stroke {
  sample: number;
  pitch: number;
  velocity: number;
}

function toStrokes(notes: readonly PlayedNote[]): Stroke[] {
  const at = (seconds: number) => Math.round(seconds * OUTPUT_RATE);
  const strokes = notes.flatMap(({ start, end, pitch, velocity }): Stroke[] => [
    { sample: at(Math.max(0, start - PIANO_ATTACK)), pitch, velocity },
    { sample: Math.max(at(end), at(start) + 1), pitch, velocity: 0 },
  ]);
  // Keys go up before others go down.
  return strokes.sort((a, b) => a.sample - b.sample || Math.sign(a.velocity) - Math.sign(b.velocity));
}

function strike(synth: SpessaSynthProcessor, { pitch, velocity }: Stroke): void {
  if (velocity === 0) synth.noteOff(CHANNEL, pitch);
  else synth.noteOn(CHANNEL, pitch, velocity);
}

async function openSynth(font: Uint8Array, cents: number): Promise<SpessaSynthProcessor> {
  await BasicSoundBank.isSF3DecoderReady;
  const synth = new SpessaSynthProcessor(OUTPUT_RATE, { maxBufferSize: BLOCK, eventsEnabled: false });
  await synth.processorInitialized;
  synth.soundBankManager.addSoundBank(SoundBankLoader.fromArrayBuffer(font.slice().buffer), 'piano');
  synth.setSystemParameter('fineTune', cents);
  synth.programChange(CHANNEL, 0);
  return synth;
}
