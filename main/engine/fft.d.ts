declare module 'fft.js' {
  /**
   * Radix-4 FFT (Indutny, MIT). `size` is a power of two. Give all instances of a process the same kind of array: mixed
   * kinds halve the speed.
   */
  // biome-ignore lint/style/noDefaultExport: the package exports it so
  export default class FFT {
    constructor(size: number);
    readonly size: number;
    /** Fills `out[0 … size + 1]`, the non-negative frequencies; `out` holds `2 × size` numbers, real and imaginary parts in turn. */
    realTransform(out: Float64Array, data: Float64Array): void;
    /** Fills the negative frequencies by conjugate symmetry. */
    completeSpectrum(out: Float64Array): void;
    transform(out: Float64Array, data: Float64Array): void;
    inverseTransform(out: Float64Array, data: Float64Array): void;
  }
}
