import { SongleafError } from '../../contract/errors.ts';
import { decodeToStereo, type Stereo } from '../audio/decode-to-stereo.ts';
import type { OpenOptions } from '../audio/open-audio.ts';
import { SampleQueue } from '../transcription/sample-queue.ts';
import { type Band, WHOLE_BAND } from './band.ts';
import type { Separated } from './separate.ts';

/** Stems of the song as files; one is enough, the other is the mix without it. */
export interface GivenStems {
  vocals?: string;
  accompaniment?: string;
}

/** Seconds by which a stem may be longer or shorter than the song: lossy formats pad. */
const TOLERANCE = 0.1;
/**
 * A stem that is in the mix goes with it: the mix's product with the stem is about the stem's energy. Of a stem of another
 * song, or one that lies elsewhere in time, it is next to nothing.
 */
const LEAST_LIKENESS = 0.25;

/**
 * Reads a song and a stem of it side by side, both at the band's rate. Where both stems are given, the vocals decide.
 * @throws SongleafError `bad-request` at the end, where the stem has another length or is no part of the song; what
 *   decoding throws
 */
export async function* readGivenStems(
  file: string,
  stems: GivenStems,
  options: OpenOptions,
  { rate }: Band = WHOLE_BAND,
): AsyncGenerator<Separated> {
  const stem = (stems.vocals ?? stems.accompaniment)!;
  const like = new Likeness();
  for await (const [mix, part] of readTogether(file, stem, options, rate)) {
    like.add(mix, part);
    const other: Stereo = [subtract(mix[0], part[0]), subtract(mix[1], part[1])];
    yield { mix, vocals: stems.vocals === undefined ? other : part };
  }
  if (like.value < LEAST_LIKENESS) {
    throw new SongleafError(
      'bad-request',
      `${stem} is no part of ${file}, or does not begin where it does.`,
      'Name the stems that were made from this recording, cut at the same places.',
    );
  }
}

async function* readTogether(
  file: string,
  stem: string,
  options: OpenOptions,
  rate: number,
): AsyncGenerator<[Stereo, Stereo]> {
  const sources = [file, stem].map((path) => ({
    blocks: decodeToStereo(path, { ...options, sampleRate: rate }),
    queues: [new SampleQueue(0), new SampleQueue(0)] as const,
    ended: false,
  }));
  let position = 0;
  const take = (end: number): [Stereo, Stereo] => {
    const read = ({ queues }: (typeof sources)[number]) =>
      queues.map((queue) => {
        const samples = new Float32Array(end - position);
        queue.read(position, samples);
        queue.dropBefore(end);
        return samples;
      }) as unknown as Stereo;
    const pair: [Stereo, Stereo] = [read(sources[0]), read(sources[1])];
    position = end;
    return pair;
  };
  try {
    while (sources.some((source) => !source.ended)) {
      const behind = sources.filter((source) => !source.ended);
      behind.sort((a, b) => a.queues[0].end - b.queues[0].end);
      const [source] = behind;
      const next = await source.blocks.next();
      if (next.done) source.ended = true;
      else source.queues.forEach((queue, side) => void queue.push(next.value[side]));
      const [mix, part] = sources.map(({ queues }) => queues[0].end);
      const limit = TOLERANCE * rate;
      if (sources.some(({ ended, queues }) => ended && queues[0].end < Math.max(mix, part) - limit)) {
        throw new SongleafError(
          'bad-request',
          `${stem} is ${part < mix ? 'shorter' : 'longer'} than ${file}.`,
          'Name stems that were made from this recording, uncut.',
        );
      }
      if (Math.min(mix, part) > position) yield take(Math.min(mix, part));
    }
    const [{ queues }] = sources;
    if (queues[0].end > position) yield take(queues[0].end);
  } finally {
    for (const { blocks } of sources) await blocks.return(undefined);
  }
}

function subtract(whole: Float32Array, part: Float32Array): Float32Array {
  return whole.map((sample, i) => sample - part[i]);
}

/** How much of a stem is in a mix: their product over the stem's energy. */
class Likeness {
  #product = 0;
  #energy = 0;

  add(mix: Stereo, part: Stereo): void {
    for (let side = 0; side < 2; side++) {
      for (let i = 0; i < part[side].length; i++) {
        this.#product += mix[side][i] * part[side][i];
        this.#energy += part[side][i] ** 2;
      }
    }
  }

  /** 1 for a stem that nothing else in the mix resembles, and for silence. */
  get value(): number {
    return this.#energy > 0 ? this.#product / this.#energy : 1;
  }
}
