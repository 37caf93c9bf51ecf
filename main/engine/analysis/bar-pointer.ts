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
  /** How much it speaks against a bar of four that a bar seems to begin in its middle: 1 as anywhere else, 0 not at all. */
  halfBar: number;
}

/** What speaks for beats and bars, frame by frame, in nats. */
export interface BarScores {
  /** What a beat scores at each frame. */
  onBeat: Float32Array;
  /** What it adds if a bar begins with it; at most 0. */
  onDownbeat: Float32Array;
  /** What it adds if no bar does; at most 0. */
  offDownbeat: Float32Array;
  /** What a bar of three beats scores that begins at each frame, against bars of two and four. */
  onThree: Float32Array;
}

export interface TrackedBeat {
  frame: number;
  /** 1 = downbeat. */
  position: number;
  /** Beats of its bar. */
  beats: number;
}

/** Lengths that the beat may become longer or shorter by from one to the next. */
const MAX_CHANGE = 2;
const CHANGES = 2 * MAX_CHANGE + 1;
/** Lengths of a beat that are searched lie this much apart, and a frame at least. */
const LENGTH_STEP = 0.033;
/** Cost in nats of a beat a frame early or late, where that is less than a step of its length. */
const SLACK_COST = 0.3;
/** Frames whose totals are kept at a time (four minutes); those of longer songs are found again, stretch by stretch. */
const STRETCH = 20_800;

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
  readonly #metreChange: number;
  readonly #halfBar: number;
  readonly #prior: Float64Array;
  /** Cost of change `d` into length `i` at `i × CHANGES + d + MAX_CHANGE`. */
  readonly #change: Float64Array;
  /** For each metre, the last place of its bar. */
  readonly #lasts: number[];
  /** For each place, the column that it is entered from: the place before it, or the beginning of a bar of its metre. */
  readonly #entries: Int32Array;
  /** Columns of a cell: the best total at each place, then the best with which a bar of each metre is begun. */
  readonly #columns: number;
  /** Numbers a frame: cells of every length, and on either side of them cells that nothing reaches. */
  readonly #row: number;
  /** Frames before a stretch that it looks back at. */
  readonly #before: number;
  /** Cells of (frame, length), from `#before` frames before `#from` on. */
  readonly #totals: Float32Array;
  #from = 0;

  constructor(scores: BarScores, options: BarPointerOptions) {
    this.frames = scores.onBeat.length;
    this.#scores = scores;
    this.#metreChange = options.metreChange;
    this.#halfBar = options.halfBar;
    this.longest = Math.ceil((60 * FRAME_RATE) / options.slowest);
    const shortest = Math.floor((60 * FRAME_RATE) / options.fastest);
    for (let l = shortest; l <= this.longest; l += Math.max(1, Math.round(LENGTH_STEP * l)))
      this.lengths.push(l);
    this.#places = listPlaces(options.metres);
    const width = this.#places.length;
    this.#lasts = this.#places.flatMap(({ position, beats }, s) => (position === beats ? [s] : []));
    this.#entries = Int32Array.from(this.#places, ({ position, metre }, s) =>
      position > 1 ? s - 1 : width + metre,
    );
    this.#columns = width + this.#lasts.length;
    this.#prior = Float64Array.from(this.lengths, (length) => {
      const octaves = Math.log2((60 * FRAME_RATE) / length / options.tempoCentre) / options.tempoWidth;
      return -0.5 * options.tempoWeight * octaves * octaves;
    });
    this.#change = Float64Array.from({ length: this.lengths.length * CHANGES }, (_, n) => {
      const i = Math.floor(n / CHANGES);
      const before = this.lengths[i + (n % CHANGES) - MAX_CHANGE] ?? 0;
      return before > 0 ? options.stiffness * Math.abs(Math.log(this.lengths[i] / before)) : 0;
    });
    this.#row = (this.lengths.length + 2 * MAX_CHANGE) * this.#columns;
    this.#before = this.longest + 1;
    const kept = this.#before + Math.min(STRETCH, this.frames);
    this.#totals = new Float32Array(kept * this.#row).fill(-Infinity);
  }

  run(): TrackedBeat[] {
    const starts: Float32Array[] = [];
    for (let from = 0; from < this.frames; from += STRETCH) {
      if (from > 0) this.#totals.copyWithin(0, STRETCH * this.#row);
      if (from + STRETCH < this.frames) starts.push(this.#totals.slice(0, this.#before * this.#row));
      this.#advance(from);
    }
    let { frame, length, place } = this.#findEnd();
    const beats: TrackedBeat[] = [];
    while (true) {
      beats.push({ frame, position: this.#places[place].position, beats: this.#places[place].beats });
      if (frame < this.lengths[length]) return beats.reverse();
      if (frame < this.#from) {
        const stretch = Math.floor(frame / STRETCH);
        this.#totals.set(starts[stretch]);
        this.#advance(stretch * STRETCH);
      }
      const before = this.#findBefore(frame, length, this.#entries[place]);
      if (this.#places[place].position > 1) place--;
      else place = this.#lasts[this.#findMetreBefore(before.frame, before.length, this.#places[place].metre)];
      ({ frame, length } = before);
    }
  }

  /** Where the cell of a frame and a length begins. */
  #cellAt(frame: number, length: number): number {
    return (frame - this.#from + this.#before) * this.#row + (length + MAX_CHANGE) * this.#columns;
  }

  /** Fills the cells of one stretch; those of the frames before it are there. */
  #advance(from: number): void {
    this.#from = from;
    const to = Math.min(this.frames, from + STRETCH);
    const width = this.#places.length;
    const count = this.lengths.length;
    const [columns, row] = [this.#columns, this.#row];
    const [totals, change, entries] = [this.#totals, this.#change, this.#entries];
    const reward = new Float64Array(width);
    for (let t = from; t < to; t++) {
      this.#rewardPlaces(t, reward);
      for (let i = 0; i < count; i++) {
        const before = t - this.lengths[i];
        const cell = this.#cellAt(t, i);
        const prior = this.#prior[i];
        if (before < 0) {
          // The first beat: at any place.
          for (let s = 0; s < width; s++) totals[cell + s] = reward[s] + prior;
        } else {
          const back = this.#cellAt(before, i);
          const slack = before > 0 && this.#hasSlack(i);
          const c = i * CHANGES;
          for (let s = 0; s < width; s++) {
            const at = back + entries[s];
            // Written out, and without where it came from (found again on the way back): four times as fast.
            let best = totals[at] - change[c + 2];
            let other = totals[at - columns] - change[c + 1];
            if (other > best) best = other;
            other = totals[at + columns] - change[c + 3];
            if (other > best) best = other;
            other = totals[at - 2 * columns] - change[c];
            if (other > best) best = other;
            other = totals[at + 2 * columns] - change[c + 4];
            if (other > best) best = other;
            if (slack) {
              other = totals[at - row] - SLACK_COST;
              if (other > best) best = other;
              other = totals[at + row] - SLACK_COST;
              if (other > best) best = other;
            }
            totals[cell + s] = best + reward[s] + prior;
          }
        }
        for (let m = 0; m < this.#lasts.length; m++) totals[cell + width + m] = this.#beginBar(cell, m);
      }
    }
  }

  /** Whether a beat after this length may lie a frame early or late: not where that leaves the tempi searched. */
  #hasSlack(i: number): boolean {
    return i > 0 && i < this.lengths.length - 1;
  }

  #rewardPlaces(t: number, reward: Float64Array): void {
    const { onBeat, onDownbeat, offDownbeat, onThree } = this.#scores;
    for (let s = 0; s < reward.length; s++) {
      const { beats, position, prior } = this.#places[s];
      const against = beats === 4 && position === 3 ? this.#halfBar * offDownbeat[t] : offDownbeat[t];
      reward[s] = onBeat[t] + (position === 1 ? onDownbeat[t] + prior : against);
      if (position === 1 && beats === 3) reward[s] += onThree[t];
    }
  }

  /** The best total with which a bar of a metre is begun after a cell. */
  #beginBar(cell: number, metre: number): number {
    let best = -Infinity;
    for (let ended = 0; ended < this.#lasts.length; ended++) {
      const cost = ended === metre ? 0 : this.#metreChange;
      best = Math.max(best, this.#totals[cell + this.#lasts[ended]] - cost);
    }
    return best;
  }

  /** The cell from which a cell's column was reached: the one that scores most, as in `#advance`. */
  #findBefore(frame: number, length: number, column: number): { frame: number; length: number } {
    const middle = frame - this.lengths[length];
    let best = -Infinity;
    let found = { frame: middle, length };
    const weigh = (at: number, i: number, cost: number) => {
      const score = this.#totals[this.#cellAt(at, i) + column] - cost;
      if (score > best) {
        best = score;
        found = { frame: at, length: i };
      }
    };
    const high = Math.min(MAX_CHANGE, this.lengths.length - 1 - length);
    for (let d = Math.max(-MAX_CHANGE, -length); d <= high; d++) {
      weigh(middle, length + d, this.#change[length * CHANGES + MAX_CHANGE + d]);
    }
    if (middle > 0 && this.#hasSlack(length)) {
      weigh(middle - 1, length, SLACK_COST);
      weigh(middle + 1, length, SLACK_COST);
    }
    return found;
  }

  #findMetreBefore(frame: number, length: number, metre: number): number {
    const cell = this.#cellAt(frame, length);
    const scores = this.#lasts.map(
      (last, m) => this.#totals[cell + last] - (m === metre ? 0 : this.#metreChange),
    );
    return scores.indexOf(Math.max(...scores));
  }

  /** The last beat, within its length of the end. */
  #findEnd(): { frame: number; length: number; place: number } {
    let best = -Infinity;
    let end = { frame: this.frames - 1, length: 0, place: 0 };
    for (let frame = this.frames - this.longest; frame < this.frames; frame++) {
      for (let length = 0; length < this.lengths.length; length++) {
        if (frame + this.lengths[length] < this.frames) continue;
        const cell = this.#cellAt(frame, length);
        for (let place = 0; place < this.#places.length; place++) {
          if (this.#totals[cell + place] > best) {
            best = this.#totals[cell + place];
            end = { frame, length, place };
          }
        }
      }
    }
    return end;
  }
}
