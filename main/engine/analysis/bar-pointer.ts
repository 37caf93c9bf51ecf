import { FRAME_RATE } from '../transcription/evidence.ts';

/** A bar that the search knows, with the log-probability of one of its bars against one of four beats. */
export interface MetreChoice {
  beats: number;
  prior: number;
}

export interface BarPointerOptions {
  /** Tempi that are considered, beats a minute. */
  slowest: number;
  fastest: number;
  /** Centre of the tempo prior in beats a minute, its deviation in octaves and its weight per beat. */
  tempoCentre: number;
  tempoWidth: number;
  tempoWeight: number;
  /** Cost of a change of the beat's length, per (log2 of the ratio)². */
  stiffness: number;
  metres: readonly MetreChoice[];
  /** Cost of another metre at a bar line. */
  metreChange: number;
}

export interface BarPointerInput {
  /** What a beat scores at each frame, in nats. */
  onBeat: Float32Array;
  /** What no beat scores at each frame, in nats, at most 0. */
  offBeat: Float32Array;
  /** What the attack half-way between two beats scores, in nats. */
  midBeat: Float32Array;
  /** What a downbeat scores at a frame beyond a beat, in nats. */
  onDownbeat: Float32Array;
  /** What the middle of a bar of four scores beyond a beat. */
  onHalfBar: Float32Array;
}

export interface TrackedBeat {
  frame: number;
  /** 1 = downbeat. */
  position: number;
  /** Beats of its bar. */
  beats: number;
}

export interface TrackedBars {
  beats: TrackedBeat[];
  /** Total score in nats. */
  score: number;
}

/** Frames that the beat's length may change from one beat to the next. */
const MAX_CHANGE = 3;
/** Frames on either side of a beat that belong to its attack. */
const ATTACK = 3;

/**
 * Finds beats and bars at once: the best path of a pointer that runs through bars of several metres at a tempo that
 * drifts (the bar-pointer model of Whiteley, Cemgil & Godsill, ISMIR 2006), searched from beat to beat rather than from
 * frame to frame: a state is (frame of the beat, length of the beat before it, position in the bar).
 * A bar may only be left at its end, so that a bar line never moves within a song unless a bar of another length
 * stands between.
 */
export function trackBars(input: BarPointerInput, options: BarPointerOptions): TrackedBars {
  const frames = input.onBeat.length;
  const shortest = Math.max(MAX_CHANGE + 2 * ATTACK + 2, Math.floor((60 * FRAME_RATE) / options.fastest));
  const longest = Math.ceil((60 * FRAME_RATE) / options.slowest);
  const count = longest - shortest + 1;
  if (frames < 2 * longest || count < 1) return { beats: [], score: 0 };
  const positions = options.metres.flatMap(({ beats, prior }, metre) =>
    Array.from({ length: beats }, (_, i) => ({ metre, beats, prior, position: i + 1 })),
  );
  const width = positions.length;
  const firsts = positions.flatMap(({ position }, s) => (position === 1 ? [s] : []));
  const lasts = positions.flatMap(({ position, beats }, s) => (position === beats ? [s] : []));
  const prior = Float64Array.from({ length: count }, (_, i) => {
    const octaves = Math.log2((60 * FRAME_RATE) / (shortest + i) / options.tempoCentre) / options.tempoWidth;
    return -0.5 * options.tempoWeight * octaves * octaves;
  });
  const change = Float64Array.from({ length: count * (2 * MAX_CHANGE + 1) }, (_, n) => {
    const i = Math.floor(n / (2 * MAX_CHANGE + 1));
    const before = shortest + i + (n % (2 * MAX_CHANGE + 1)) - MAX_CHANGE;
    return before > 0 ? options.stiffness * Math.log2((shortest + i) / before) ** 2 : Infinity;
  });
  const between = new Float64Array(frames + 1);
  for (let t = 0; t < frames; t++) between[t + 1] = between[t] + input.offBeat[t];

  const ring = longest + 1;
  const row = count * width;
  const best = new Float64Array(ring * row);
  // Change of length + MAX_CHANGE, and the last position of the bar before where a bar begins.
  const fromLength = new Uint8Array(frames * row);
  const fromBar = new Uint8Array(frames * count * firsts.length);
  const START = 255;
  for (let t = 0; t < frames; t++) {
    const here = (t % ring) * row;
    for (let i = 0; i < count; i++) {
      const before = t - shortest - i;
      if (before < 0) {
        // The first beat: any position, after whatever stands before it.
        for (let s = 0; s < width; s++) {
          best[here + i * width + s] = between[Math.max(0, t - ATTACK)] + reward(t, s) + prior[i];
          fromLength[t * row + i * width + s] = START;
        }
        continue;
      }
      const middle = input.midBeat[before + ((t - before) >> 1)];
      const gap =
        between[Math.max(before + ATTACK, t - ATTACK)] - between[before + ATTACK] + middle + prior[i];
      const back = (before % ring) * row;
      const lowest = Math.max(-MAX_CHANGE, -i);
      const highest = Math.min(MAX_CHANGE, count - 1 - i);
      for (let s = 0; s < width; s++) {
        let top = -Infinity;
        let length = 0;
        let bar = 0;
        if (positions[s].position > 1) {
          for (let d = lowest; d <= highest; d++) {
            const score =
              best[back + (i + d) * width + s - 1] - change[i * (2 * MAX_CHANGE + 1) + d + MAX_CHANGE];
            if (score > top) {
              top = score;
              length = d;
            }
          }
        } else {
          for (let m = 0; m < lasts.length; m++) {
            const cost = positions[lasts[m]].metre === positions[s].metre ? 0 : options.metreChange;
            for (let d = lowest; d <= highest; d++) {
              const score =
                best[back + (i + d) * width + lasts[m]] -
                change[i * (2 * MAX_CHANGE + 1) + d + MAX_CHANGE] -
                cost;
              if (score > top) {
                top = score;
                length = d;
                bar = m;
              }
            }
          }
          top += positions[s].prior;
          fromBar[(t * count + i) * firsts.length + positions[s].metre] = bar;
        }
        best[here + i * width + s] = top + gap + reward(t, s);
        fromLength[t * row + i * width + s] = length + MAX_CHANGE;
      }
    }
  }
  return backtrack();

  function reward(t: number, s: number): number {
    const { position, beats } = positions[s];
    if (position === 1) return input.onBeat[t] + input.onDownbeat[t];
    return input.onBeat[t] + (beats === 4 && position === 3 ? input.onHalfBar[t] : 0);
  }

  function backtrack(): TrackedBars {
    let top = -Infinity;
    let [t, i, s] = [frames - 1, 0, 0];
    for (let end = Math.max(0, frames - longest); end < frames; end++) {
      const rest = between[frames] - between[Math.min(frames, end + ATTACK)];
      for (let j = 0; j < count; j++) {
        // The last beat lies within one beat of the end.
        if (frames - end > shortest + j) continue;
        for (let p = 0; p < width; p++) {
          const score = best[(end % ring) * row + j * width + p] + rest;
          if (score > top) {
            top = score;
            [t, i, s] = [end, j, p];
          }
        }
      }
    }
    const beats: TrackedBeat[] = [];
    while (true) {
      beats.push({ frame: t, position: positions[s].position, beats: positions[s].beats });
      const step = fromLength[t * row + i * width + s];
      if (step === START) break;
      const previous =
        positions[s].position > 1
          ? s - 1
          : lasts[fromBar[(t * count + i) * firsts.length + positions[s].metre]];
      t -= shortest + i;
      i += step - MAX_CHANGE;
      s = previous;
    }
    return { beats: beats.reverse(), score: top };
  }
}
