/** A sliding stretch of audio, addressed by absolute sample number. Outside what it holds the signal is zero. */
export class SampleQueue {
  #samples = new Float32Array(1 << 18);
  #start: number;
  #length = 0;

  /** @param start earliest sample that will be read; samples before 0 read as zero */
  constructor(start: number) {
    this.#start = Math.max(start, 0);
  }

  /** Absolute number of the sample after the last one pushed. */
  get end(): number {
    return this.#start + this.#length;
  }

  push(block: Float32Array): void {
    const needed = this.#length + block.length;
    if (needed > this.#samples.length) {
      const larger = new Float32Array(2 ** Math.ceil(Math.log2(needed)));
      larger.set(this.#samples.subarray(0, this.#length));
      this.#samples = larger;
    }
    this.#samples.set(block, this.#length);
    this.#length = needed;
  }

  /** Fills `target` with the samples from absolute number `from` on. */
  read(from: number, target: Float32Array): void {
    target.fill(0);
    const first = Math.max(from, this.#start);
    const last = Math.min(from + target.length, this.end);
    if (last > first) {
      target.set(this.#samples.subarray(first - this.#start, last - this.#start), first - from);
    }
  }

  /** Forgets samples before absolute number `position`. */
  dropBefore(position: number): void {
    const dropped = Math.min(Math.max(position - this.#start, 0), this.#length);
    this.#samples.copyWithin(0, dropped, this.#length);
    this.#length -= dropped;
    this.#start += dropped;
  }
}
