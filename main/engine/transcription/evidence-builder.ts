import type { Evidence } from './evidence.ts';
import { allocateEvidence } from './evidence-file.ts';

const planes = ['onset', 'note', 'contour'] as const;

/**
 * Collects the transcriber's planes of the evidence frame by frame in arrays of the expected size, so that a song of two hours is held once and not
 * twice. A wrong expectation costs a copy, nothing else.
 */
export class EvidenceBuilder {
  #store: Evidence;
  #frames = 0;

  /** @param expectedFrames how many there will be, as far as the file's header tells; 0 if it does not */
  constructor(expectedFrames: number) {
    this.#store = allocateEvidence(Math.max(1024, Math.ceil(expectedFrames)));
  }

  /** Adds `frames` frames of zeros and returns views of them for filling; they hold until the next call. */
  grow(frames: number): Evidence {
    const from = this.#frames;
    this.#frames += frames;
    if (this.#frames > this.#store.frames) this.#enlarge(Math.ceil(this.#frames * 1.25));
    return this.#view(from, this.#frames);
  }

  finish(): Evidence {
    return this.#view(0, this.#frames);
  }

  #view(from: number, to: number): Evidence {
    const view = { ...allocateEvidence(0), frames: to - from };
    for (const plane of planes) {
      const width = this.#store[plane].length / this.#store.frames;
      view[plane] = this.#store[plane].subarray(from * width, to * width);
    }
    return view;
  }

  /** Moves plane by plane, so that only one of them is held twice at a time. */
  #enlarge(frames: number): void {
    const larger = allocateEvidence(0);
    for (const plane of planes) {
      const width = this.#store[plane].length / this.#store.frames;
      const target = new Uint8Array(frames * width);
      target.set(this.#store[plane]);
      larger[plane] = target;
      this.#store[plane] = new Uint8Array(0);
    }
    larger.frames = frames;
    this.#store = larger;
  }
}
