/** Constant-Q bins a semitone. */
const BINS_PER_SEMITONE = 3;
/** Peaks of another third of the semitone must hold this much more than those on the semitone before it counts. */
const MARGIN = 1.2;

/**
 * Moves the spectrum of a recording that is tuned more than a sixth of a semitone off by whole bins, so that semitones
 * lie on the bins where the chord network knows them: the transform's own tuning reaches only to the nearest bin.
 * Which third of the semitone the music lies on is told by the energy of the spectrum's peaks over the whole song.
 * @param magnitudes `T × bins`, three bins a semitone, the first on a semitone; changed in place
 * @returns the bins moved by: −1, 0 or 1
 */
export function moveOntoSemitones(magnitudes: Float32Array, bins: number): -1 | 0 | 1 {
  const energy = new Float64Array(BINS_PER_SEMITONE);
  for (let row = 0; row + bins <= magnitudes.length; row += bins) {
    for (let bin = 1; bin + 1 < bins; bin++) {
      const here = magnitudes[row + bin];
      if (here > magnitudes[row + bin - 1] && here >= magnitudes[row + bin + 1])
        energy[bin % BINS_PER_SEMITONE] += here;
    }
  }
  const shift = energy[1] >= energy[2] ? 1 : -1;
  if (Math.max(energy[1], energy[2]) < MARGIN * energy[0]) return 0;
  for (let row = 0; row + bins <= magnitudes.length; row += bins) {
    if (shift === 1) {
      magnitudes.copyWithin(row, row + 1, row + bins);
      magnitudes[row + bins - 1] = 0;
    } else {
      magnitudes.copyWithin(row + 1, row, row + bins - 1);
      magnitudes[row] = 0;
    }
  }
  return shift;
}
