/** A typed array that is added to at the end, held once. */
export class Growing<T extends Uint8Array | Float32Array> {
  readonly #make: (length: number) => T;
  #store: T;
  #length = 0;

  /**
   * @param make makes an array of zeros
   * @param expected how many values there will be, as far as is known; a wrong guess costs a copy
   */
  constructor(make: (length: number) => T, expected: number) {
    this.#make = make;
    this.#store = make(Math.max(1024, Math.ceil(expected)));
  }

  /** Adds `count` zeros and returns a view of them for filling; it holds until the next call. */
  grow(count: number): T {
    const from = this.#length;
    this.#length += count;
    if (this.#length > this.#store.length) {
      const larger = this.#make(Math.ceil(this.#length * 1.25));
      larger.set(this.#store.subarray(0, from));
      this.#store = larger;
    }
    return this.#store.subarray(from, this.#length) as T;
  }

  finish(): T {
    return this.#store.subarray(0, this.#length) as T;
  }
}

export const makeBytes = (length: number): Uint8Array => new Uint8Array(length);
export const makeFloats = (length: number): Float32Array => new Float32Array(length);
