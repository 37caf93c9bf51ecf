/** What a network hears of beats, on the evidence's own frames (86 a second). */
export interface Pulse {
  /** Probability of a beat of any kind at each frame, 0-1. */
  beat: Float32Array;
  /** Probability of a downbeat, likewise. */
  downbeat: Float32Array;
}

/** What the offline network hears: it tells how beats divide and how long bars are besides. */
export interface SongPulse extends Pulse {
  /** Probability that a beat here divides in three. */
  ternary: Float32Array;
  /** Probability that a bar here has three beats. */
  three: Float32Array;
}
