import type { Evidence } from './evidence.ts';
import { allocateEvidence } from './evidence-file.ts';

const planes = ['onset', 'note', 'contour', 'flux', 'loudness'] as const;

/** Collects evidence of unknown length in parts, and joins them plane by plane so that little is held twice. */
export class EvidenceBuilder {
  #parts: Evidence[] = [];
  #frames = 0;

  /** Adds `frames` frames of zeros and returns them for filling. */
  grow(frames: number): Evidence {
    const part = allocateEvidence(frames);
    this.#parts.push(part);
    this.#frames += frames;
    return part;
  }

  finish(): Evidence {
    const joined = allocateEvidence(0);
    joined.frames = this.#frames;
    for (const plane of planes) {
      const size = this.#parts.reduce((sum, part) => sum + part[plane].length, 0);
      const target = new Uint8Array(size);
      let position = 0;
      for (const part of this.#parts) {
        target.set(part[plane], position);
        position += part[plane].length;
        part[plane] = new Uint8Array(0);
      }
      joined[plane] = target;
    }
    this.#parts = [];
    return joined;
  }
}
