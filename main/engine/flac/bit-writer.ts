/** Writes bits, most significant first, into bytes that grow as needed. */
export class BitWriter {
  #bytes = new Uint8Array(1 << 15);
  #length = 0;
  #held = 0;
  #count = 0;

  /** Whole bytes written so far. */
  get length(): number {
    return this.#length;
  }

  /** Writes the lowest `width` bits of `value`, 0 to 25 of them. */
  put(value: number, width: number): void {
    this.#held = (this.#held << width) | (value & ((1 << width) - 1));
    this.#count += width;
    while (this.#count >= 8) {
      this.#count -= 8;
      this.#byte(this.#held >>> this.#count);
    }
    this.#held &= (1 << this.#count) - 1;
  }

  /** Writes `count` zeros and a one. */
  putUnary(count: number): void {
    let left = count;
    for (; left >= 24; left -= 24) this.put(0, 24);
    this.put(1, left + 1);
  }

  /** Fills the last byte with zeros. */
  align(): void {
    if (this.#count > 0) this.put(0, 8 - this.#count);
  }

  /** A view of the whole bytes; it holds until the next write. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
    this.#held = 0;
    this.#count = 0;
  }

  #byte(value: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#length);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length++] = value;
  }
}
