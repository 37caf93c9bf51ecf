import ort from 'onnxruntime-node';
import { SongleafError } from '../../contract/errors.ts';
import type { Device } from './devices.ts';
import { CONTOUR_BINS, HOP, KEYS } from './evidence.ts';
import { toByte } from './to-byte.ts';

/** Samples the network sees at once (1.99 s). */
export const WINDOW_SAMPLES = 43_844;
/** Frames it answers with; frame j is centred on the window's sample 256·j. */
export const WINDOW_FRAMES = 172;
/** Frames at each end that lack context and are taken from the neighbouring window. */
export const MARGIN_FRAMES = 15;
/**
 * Frames kept of each window. The network's own code advances by 141.27 hops and keeps 142 frames, so that its frame
 * times drift by 0.4 s over 70 s; advancing by a whole number of hops keeps every frame on the one true axis.
 */
export const KEPT_FRAMES = 141;
export const STEP_SAMPLES = KEPT_FRAMES * HOP;
/**
 * Windows run at once. Two cost as little as four on two cores (33 ms of CPU a window; 43 one by one, 46 by sixteen) and
 * keep the engine from answering for half as long.
 */
export const BATCH = 2;

const INPUT = 'serving_default_input_2:0';
const OUTPUT = {
  contour: 'StatefulPartitionedCall:0',
  note: 'StatefulPartitionedCall:1',
  onset: 'StatefulPartitionedCall:2',
} as const;

export interface WindowPosteriors {
  /** `windows × 172 × 264` */
  contour: Float32Array;
  /** `windows × 172 × 88` */
  note: Float32Array;
  /** `windows × 172 × 88` */
  onset: Float32Array;
}

export interface BasicPitch {
  /** @param audio `windows × 43,844` samples at 22,050 Hz */
  run(audio: Float32Array, windows: number): Promise<WindowPosteriors>;
  release(): Promise<void>;
}

/**
 * Loads Basic Pitch (Bittner et al., ICASSP 2022) on one device.
 * @param weights the ONNX file's bytes, already checked against the manifest
 * @param threads CPU threads; 0 lets the runtime choose
 * @throws SongleafError `device-unavailable`, or `model-corrupt` where not even the CPU can load it
 */
export async function loadBasicPitch(weights: Uint8Array, device: Device, threads = 0): Promise<BasicPitch> {
  // The runtime drops a provider that it was built without and computes on the CPU, saying nothing that a program hears.
  const built = device === 'cpu' || ort.listSupportedBackends().some((backend) => backend.name === device);
  if (!built) {
    throw new SongleafError(
      'device-unavailable',
      `This system's ONNX Runtime has no ${device}.`,
      'Choose --device cpu.',
    );
  }
  let session: ort.InferenceSession;
  try {
    session = await ort.InferenceSession.create(weights, {
      executionProviders: [device],
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      // Threads that spin between runs burn a third more CPU time, while this one decodes, for nothing.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
      ...(threads > 0 ? { intraOpNumThreads: threads } : {}),
    });
  } catch (cause) {
    throw device === 'cpu'
      ? new SongleafError('model-corrupt', 'Basic Pitch cannot be loaded.', 'Install Songleaf again.', {
          cause,
        })
      : new SongleafError(
          'device-unavailable',
          `Basic Pitch cannot run on ${device}.`,
          'Choose --device cpu.',
          {
            cause,
          },
        );
  }
  return {
    async run(audio, windows) {
      const input = new ort.Tensor('float32', audio, [windows, WINDOW_SAMPLES, 1]);
      const result = await session.run({ [INPUT]: input });
      const read = (name: string, width: number): Float32Array => {
        const data = result[name]?.data;
        if (!(data instanceof Float32Array) || data.length !== windows * WINDOW_FRAMES * width) {
          throw new SongleafError('model-corrupt', `Basic Pitch gave no ${name}.`, 'Install Songleaf again.');
        }
        return data;
      };
      return {
        contour: read(OUTPUT.contour, CONTOUR_BINS),
        note: read(OUTPUT.note, KEYS),
        onset: read(OUTPUT.onset, KEYS),
      };
    },
    release: () => session.release(),
  };
}

/** Copies kept frames of one plane into 8 bits: probability × 255, rounded. */
export function quantiseFrames(
  source: Float32Array,
  window: number,
  width: number,
  target: Uint8Array,
  firstFrame: number,
  frames: number,
): void {
  const from = (window * WINDOW_FRAMES + MARGIN_FRAMES) * width;
  const to = firstFrame * width;
  for (let i = 0; i < frames * width; i++) {
    target[to + i] = toByte(source[from + i]);
  }
}
