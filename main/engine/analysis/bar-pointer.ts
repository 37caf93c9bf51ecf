import { FRAME_RATE } from '../transcription/evidence.ts';
import { type BarPlace, listPlaces, type MetreChoice } from './bar-places.ts';

export interface BarPointerOptions {
  /** Tempi that are considered, beats a minute. */
  slowest: number;
  fastest: number;
  /** Centre of the tempo prior in beats a minute, its deviation in octaves and its weight per beat, in nats. */
  tempoCentre: number;
  tempoWidth: number;
  tempoWeight: number;
  /** Cost in nats of a change of the beat's length by its own size; a hundredth costs a hundredth of it. */
  stiffness: number;
  metres: readonly MetreChoice[];
  /** Cost in nats of another metre at a bar line. */
  metreChange: number;
}

/** What speaks for beats and bars, frame by frame, in nats. */
export interface BarScores {
  /** What a beat scores at each frame. */
  onBeat: Float32Array;
  /** What it adds if a bar begins with it; at most 0. */
  onDownbeat: Float32Array;
  /** What it adds if no bar does; at most 0. */
  offDownbeat: Float32Array;
}

export interface TrackedBeat {
  frame: number;
  /** 1 = downbeat. */
  position: number;
  /** Beats of its bar. */
  beats: number;
}

/** Frames that the beat's length may change from one beat to the next. */
const MAX_CHANGE = 3;
const CHANGES = 2 * MAX_CHANGE + 1;
/** From this length on (86 BPM), only every other length is searched: a frame is little there. */
const COARSE_FROM = 60;
/** Frames whose steps are kept at a time; those of longer songs are found again from where each stretch begins. */
const STRETCH = 1 << 15;
const START = 255;

/**
 * Finds beats and bars at once: the best path of a pointer that runs through bars of several metres at a tempo that
 * drifts (the bar-pointer model of Whiteley, Cemgil & Godsill, ISMIR 2006; tempo changes as in Krebs, Böck & Widmer,
 * ISMIR 2015), searched from beat to beat rather than from frame to frame: a state is (frame of the beat, length of the
 * beat before it, place in the bar). A bar is only left at its end, so that bar lines never move within a song unless a
 * bar of another length stands between. Time grows with the song's length; memory does not, but for the scores.
 * @returns beats in order of time; empty where the recording is shorter than two of the slowest beats
 */
export function trackBars(scores: BarScores, options: BarPointerOptions): TrackedBeat[] {
  const search = new BarSearch(scores, options);
  return search.lengths.length > 0 && search.frames >= 2 * search.longest ? search.run() : [];
}

class BarSearch {
  readonly frames: number;
  /** Lengths of a beat that are searched, in frames, ascending. */
  readonly lengths: number[] = [];
  readonly longest: number;
  readonly #scores: BarScores;
  readonly #places: BarPlace[];
  readonly #firsts: number[];
  readonly #lasts: number[];
  readonly #metreChange: number;
  readonly #prior: Float64Array;
  /** Cost of change `d` into length `i` at `i × CHANGES + d + MAX_CHANGE`. */
  readonly #change: Float64Array;
  /** Best totals with which (frame, length) is left for each place, of the last `longest` frames. */
  readonly #ring: Float64Array;
  /** Of one stretch: at (frame, length, place) the change of length + MAX_CHANGE, or START. */
  readonly #steps: Uint8Array;
  /** Of one stretch: at (frame, length, metre) the metre that ended there if a bar of `metre` comes next. */
  readonly #metres: Uint8Array;

  constructor(scores: BarScores, options: BarPointerOptions) {
    this.frames = scores.onBeat.length;
    this.#scores = scores;
    this.#metreChange = options.metreChange;
    this.longest = Math.ceil((60 * FRAME_RATE) / options.slowest);
    const shortest = Math.floor((60 * FRAME_RATE) / options.fastest);
    for (let l = shortest; l <= this.longest; l += l < COARSE_FROM ? 1 : 2) this.lengths.push(l);
    this.#places = listPlaces(options.metres);
    this.#firsts = this.#places.flatMap(({ position }, s) => (position === 1 ? [s] : []));
    this.#lasts = this.#places.flatMap(({ position, beats }, s) => (position === beats ? [s] : []));
    this.#prior = Float64Array.from(this.lengths, (length) => {
      const octaves = Math.log2((60 * FRAME_RATE) / length / options.tempoCentre) / options.tempoWidth;
      return -0.5 * options.tempoWeight * octaves * octaves;
    });
    this.#change = Float64Array.from({ length: this.lengths.length * CHANGES }, (_, n) => {
      const i = Math.floor(n / CHANGES);
      const before = this.lengths[i + (n % CHANGES) - MAX_CHANGE] ?? 0;
      return before > 0 ? options.stiffness * Math.abs(Math.log(this.lengths[i] / before)) : Infinity;
    });
    const kept = Math.min(STRETCH, this.frames) * this.lengths.length;
    this.#ring = new Float64Array((this.longest + 1) * this.lengths.length * this.#places.length);
    this.#steps = new Uint8Array(kept * this.#places.length);
    this.#metres = new Uint8Array(kept * this.#firsts.length);
  }

  run(): TrackedBeat[] {
    const starts: Float64Array[] = [];
    for (let from = 0; from < this.frames; from += STRETCH) {
      if (this.frames > STRETCH) starts.push(this.#ring.slice());
      this.#advance(from, Math.min(this.frames, from + STRETCH));
    }
    let stretch = Math.floor((this.frames - 1) / STRETCH);
    let { frame, length, next } = this.#findEnd();
    const beats: TrackedBeat[] = [];
    while (true) {
      if (frame < stretch * STRETCH) {
        stretch = Math.floor(frame / STRETCH);
        this.#ring.set(starts[stretch]);
        this.#advance(stretch * STRETCH, (stretch + 1) * STRETCH);
      }
      const at = (frame - stretch * STRETCH) * this.lengths.length + length;
      const { metre, position } = this.#places[next];
      const place = position > 1 ? next - 1 : this.#lasts[this.#metres[at * this.#firsts.length + metre]];
      beats.push({ frame, position: this.#places[place].position, beats: this.#places[place].beats });
      const step = this.#steps[at * this.#places.length + place];
      if (step === START) return beats.reverse();
      frame -= this.lengths[length];
      length += step - MAX_CHANGE;
      next = place;
    }
  }

  /** Fills ring, steps and metres for the frames from `from` to `to`. */
  #advance(from: number, to: number): void {
    const width = this.#places.length;
    const count = this.lengths.length;
    const [ring, steps, change, prior] = [this.#ring, this.#steps, this.#change, this.#prior];
    const ringSize = this.longest + 1;
    const reward = new Float64Array(width);
    const top = new Float64Array(width);
    const chosen = new Uint8Array(width);
    for (let t = from; t < to; t++) {
      this.#rewardPlaces(t, reward);
      for (let i = 0; i < count; i++) {
        const before = t - this.lengths[i];
        if (before < 0) {
          // The first beat: at any place.
          top.fill(0);
          chosen.fill(START);
        } else {
          top.fill(-Infinity);
          const row = ((before % ringSize) * count + i) * width;
          const highest = Math.min(MAX_CHANGE, count - 1 - i);
          for (let d = Math.max(-MAX_CHANGE, -i); d <= highest; d++) {
            const cost = change[i * CHANGES + d + MAX_CHANGE];
            const at = row + d * width;
            for (let s = 0; s < width; s++) {
              const score = ring[at + s] - cost;
              if (score > top[s]) {
                top[s] = score;
                chosen[s] = d + MAX_CHANGE;
              }
            }
          }
        }
        for (let s = 0; s < width; s++) top[s] += reward[s] + prior[i];
        const at = (t - from) * count + i;
        steps.set(chosen, at * width);
        this.#leave(top, ((t % ringSize) * count + i) * width, at * this.#firsts.length);
      }
    }
  }

  #rewardPlaces(t: number, reward: Float64Array): void {
    const { onBeat, onDownbeat, offDownbeat } = this.#scores;
    for (let s = 0; s < reward.length; s++) {
      const { position, prior } = this.#places[s];
      reward[s] = onBeat[t] + (position === 1 ? onDownbeat[t] + prior : offDownbeat[t]);
    }
  }

  /** Writes into the ring with what total each place is entered next. */
  #leave(top: Float64Array, at: number, metreAt: number): void {
    for (let s = 1; s < top.length; s++) this.#ring[at + s] = top[s - 1];
    for (let m = 0; m < this.#firsts.length; m++) {
      let best = -Infinity;
      for (let ended = 0; ended < this.#lasts.length; ended++) {
        const score = top[this.#lasts[ended]] - (ended === m ? 0 : this.#metreChange);
        if (score > best) {
          best = score;
          this.#metres[metreAt + m] = ended;
        }
      }
      this.#ring[at + this.#firsts[m]] = best;
    }
  }

  /** The last beat, within its length of the end, and the place that would come next. */
  #findEnd(): { frame: number; length: number; next: number } {
    const width = this.#places.length;
    const count = this.lengths.length;
    let best = -Infinity;
    let end = { frame: this.frames - 1, length: 0, next: 0 };
    for (let frame = this.frames - this.longest; frame < this.frames; frame++) {
      for (let length = 0; length < count; length++) {
        if (frame + this.lengths[length] < this.frames) continue;
        const row = ((frame % (this.longest + 1)) * count + length) * width;
        for (let next = 0; next < width; next++) {
          if (this.#ring[row + next] > best) {
            best = this.#ring[row + next];
            end = { frame, length, next };
          }
        }
      }
    }
    return end;
  }
}
