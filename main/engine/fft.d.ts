declare module 'fft.js' {
  /** Radix-4 FFT (Indutny, MIT). `size` is a power of two. */
  // biome-ignore lint/style/noDefaultExport: the package exports it so
  export default class FFT {
    constructor(size: number);
    readonly size: number;
    /** Interleaved real and imaginary parts, `2 × size` numbers. */
    createComplexArray(): number[];
    /** Fills `out[0 … size + 1]`, the non-negative frequencies. */
    realTransform(out: number[], data: ArrayLike<number>): void;
    /** Fills the negative frequencies by conjugate symmetry. */
    completeSpectrum(out: number[]): void;
    transform(out: number[], data: number[]): void;
    inverseTransform(out: number[], data: number[]): void;
  }
}
