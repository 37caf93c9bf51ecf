/** How much each kind of evidence counts. Tuned on renders of POP909 songs with number % 20 = 3 (`models/README.md`). */
export const chordWeights = {
  /** Log-likelihood of a beat = this × the mean over its half beats: neighbours are not independent. */
  sharpness: 3,
  /** Of what the chord network says of the kind of triad over a root, against the harmony network's 1. */
  kind: 0.6,
  /** Of the likeness of note posteriors to the chord's tones, and of the bass notes to its root, against the network's 1. */
  notes: 0.8,
  noteBass: 0.05,
  /** Of the priors. */
  duration: 1.6,
  progression: 0.6,
  quality: 0.78,
  /** Of a beat's likeliest chords and of its notes in telling the key. */
  keyChords: 0.4,
  keyNotes: 1,
  /** What a new chord costs beside the priors. */
  change: 1,
  /** What it costs to hear a chord an eighth before its beat, or an eighth late. */
  anticipation: 1,
  delay: 2,
  /** What it costs each beat to call a chord more than a triad, and to call it suspended, diminished or augmented. */
  extended: 0.15,
  altered: 0.3,
  /**
   * Posteriors are too sure of themselves: scale of all scores where probabilities are told. On the tune songs chords are
   * told with 0.892 on the mean and 0.901 of their time has the right root.
   */
  calibration: 0.35,
  /** Bass of a chord: network, notes, cost of another tone than the root, cost of moving within the chord. */
  bassNetwork: 0.75,
  bassNotes: 1,
  inversion: 3.1,
  bassMove: 2.25,
};
export type ChordWeights = typeof chordWeights;
