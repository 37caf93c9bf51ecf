import ort from 'onnxruntime-node';
import { SongleafError } from '../../contract/errors.ts';
import { openWeights } from '../weights.ts';

/** A network of `models/weights` on the processor. */
export interface Network {
  /**
   * Runs the network once.
   * @throws SongleafError `model-corrupt` when it answers otherwise than the manifest says
   */
  run(inputs: Record<string, NetworkInput>): Promise<Record<string, Float32Array>>;
  release(): Promise<void>;
}

export interface NetworkInput {
  data: Float32Array;
  shape: readonly number[];
}

export interface NetworkOptions {
  weightsDir: string;
  /** CPU threads; 0 lets the runtime choose. */
  threads: number;
}

/**
 * Loads a network by its name in the manifest. Small recurrent and convolutional networks gain nothing from a graphics
 * card that has to be fed chunk by chunk, so these run on the processor always, with the same answer everywhere.
 * @throws SongleafError `model-missing`, `model-corrupt`
 */
export async function loadNetwork(name: string, options: NetworkOptions): Promise<Network> {
  const weights = await openWeights(options.weightsDir, name);
  const corrupt = (cause: unknown) =>
    new SongleafError('model-corrupt', `The network ${name} cannot be run.`, 'Install Songleaf again.', {
      cause,
    });
  let session: ort.InferenceSession;
  try {
    const settings: ort.InferenceSession.SessionOptions = {
      executionProviders: ['cpu'],
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      // A plan of all arrays, made at the first run, stays beside what was taken before: the separator then takes 630 MB
      // instead of 480, the chord network on two stretches of a song 690 instead of 360. Nothing gets slower without.
      enableMemPattern: false,
      extra: { session: { intra_op: { allow_spinning: '0' } } },
      ...(options.threads > 0 ? { intraOpNumThreads: options.threads } : {}),
    };
    session =
      typeof weights === 'string'
        ? await ort.InferenceSession.create(weights, settings)
        : await ort.InferenceSession.create(weights, settings);
  } catch (cause) {
    throw corrupt(cause);
  }
  return {
    async run(inputs) {
      const feeds: Record<string, ort.Tensor> = {};
      for (const [input, { data, shape }] of Object.entries(inputs)) {
        feeds[input] = new ort.Tensor('float32', data, [...shape]);
      }
      let results: ort.InferenceSession.OnnxValueMapType;
      try {
        results = await session.run(feeds);
      } catch (cause) {
        throw corrupt(cause);
      }
      const outputs: Record<string, Float32Array> = {};
      for (const output of session.outputNames) {
        const data = results[output]?.data;
        // Whole numbers up to 2^24 stay what they are.
        if (data instanceof Float64Array || data instanceof Int32Array)
          outputs[output] = Float32Array.from(data);
        else if (data instanceof Float32Array) outputs[output] = data;
        else throw corrupt(`${output} holds no real numbers`);
      }
      return outputs;
    },
    release: () => session.release(),
  };
}

/** Loads a network for one piece of work and lets it go. */
export async function withNetwork<T>(
  name: string,
  options: NetworkOptions,
  work: (network: Network) => Promise<T>,
): Promise<T> {
  const network = await loadNetwork(name, options);
  try {
    return await work(network);
  } finally {
    await network.release();
  }
}
