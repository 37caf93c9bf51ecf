/** A note in seconds. */
export interface LineNote {
  start: number;
  end: number;
  pitch: number;
}

export interface MelodyScore {
  /** Share of 50-ms frames with reference melody in which the found line has its pitch class, and its pitch. */
  chroma: number;
  raw: number;
  /** Share of frames without reference melody in which a line was found. */
  alarm: number;
  /** The same of the frames more than a second away from any reference melody: where notes were made up. */
  invented: number;
  /** Share of frames with reference melody in which some line was found. */
  voicing: number;
  /** F-measure of notes: equal pitch, onset within 60 ms, one to one. */
  noteF: number;
}

const FRAME = 0.05;
const ONSET = 0.06;

/**
 * Compares a found line with the reference, as `melody chroma accuracy` and `note F` are defined for every figure.
 * @param seconds length of the recording
 */
export function scoreMelody(
  reference: readonly LineNote[],
  found: readonly LineNote[],
  seconds: number,
): MelodyScore {
  const frames = Math.floor(seconds / FRAME);
  const truth = sample(reference, frames);
  const line = sample(found, frames);
  const counts = { melody: 0, chroma: 0, raw: 0, voiced: 0, rest: 0, alarm: 0, far: 0, invented: 0 };
  const far = farFrom(truth);
  for (let i = 0; i < frames; i++) {
    if (truth[i] === 0) {
      counts.rest++;
      if (line[i] > 0) counts.alarm++;
      if (far[i]) counts.far++;
      if (far[i] && line[i] > 0) counts.invented++;
      continue;
    }
    counts.melody++;
    if (line[i] === 0) continue;
    counts.voiced++;
    if (line[i] === truth[i]) counts.raw++;
    if (line[i] % 12 === truth[i] % 12) counts.chroma++;
  }
  const hits = countHits(reference, found);
  return {
    chroma: counts.chroma / Math.max(1, counts.melody),
    raw: counts.raw / Math.max(1, counts.melody),
    alarm: counts.alarm / Math.max(1, counts.rest),
    invented: counts.invented / Math.max(1, counts.far),
    voicing: counts.voiced / Math.max(1, counts.melody),
    noteF: (2 * hits) / Math.max(1, reference.length + found.length),
  };
}

/** The highest sounding pitch in the middle of each frame; 0 for none. */
function sample(notes: readonly LineNote[], frames: number): Uint8Array {
  const pitches = new Uint8Array(frames);
  for (const { start, end, pitch } of notes) {
    const first = Math.max(0, Math.ceil(start / FRAME - 0.5));
    for (let i = first; i < frames && (i + 0.5) * FRAME < end; i++) pitches[i] = Math.max(pitches[i], pitch);
  }
  return pitches;
}

/** Whether a frame lies more than a second from the nearest with melody. */
function farFrom(truth: Uint8Array): boolean[] {
  const reach = 1 / FRAME;
  const far = new Array<boolean>(truth.length).fill(true);
  truth.forEach((pitch, i) => {
    if (pitch > 0) far.fill(false, Math.max(0, i - reach), i + reach + 1);
  });
  return far;
}

function countHits(reference: readonly LineNote[], found: readonly LineNote[]): number {
  const taken = new Set<number>();
  let hits = 0;
  for (const note of reference) {
    let nearest = -1;
    found.forEach((other, i) => {
      const miss = Math.abs(other.start - note.start);
      if (other.pitch !== note.pitch || miss > ONSET || taken.has(i)) return;
      if (nearest < 0 || miss < Math.abs(found[nearest].start - note.start)) nearest = i;
    });
    if (nearest < 0) continue;
    taken.add(nearest);
    hits++;
  }
  return hits;
}
