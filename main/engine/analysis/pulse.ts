/** What a network hears of beats, on the evidence's own frames (86 a second). */
export interface Pulse {
  /** Probability of a beat of any kind at each frame, 0-1. */
  beat: Float32Array;
  /** Probability of a downbeat, likewise. */
  downbeat: Float32Array;
}
