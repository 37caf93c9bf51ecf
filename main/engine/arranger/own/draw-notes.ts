import { KEYS, LOWEST_PITCH } from '../../transcription/evidence.ts';
import { uniform } from '../random.ts';
import type { Song } from '../song.ts';
import { either, logit } from './odds.ts';
import { settleFigure } from './settle-figure.ts';
import type { SongWriter, Written } from './song-writer.ts';
import type { Step } from './steps.ts';
import { chooseThreshold, countMost, limitThreshold, warmThreshold } from './threshold.ts';

/** Notes less likely than this are never written. */
const LEAST = 0.04;
/** Probability, of 255, above which a note sounds on, and the most steps that it does; chosen for chroma, see the card. */
const SOUNDS_ON = 100;
const LONGEST = 32;
/** Share of the cells that are heard again, given the others, in each round after the first. */
const HIDDEN_SHARE = 0.5;

export interface Drawing {
  /** 0: no chance; 1: notes come about as often as the network says. */
  temperature: number;
  /** Asked for by the player, -2 to 2. */
  density: number;
  /** Times that the network writes: first all, then again and again a part given the rest. */
  rounds: number;
}

/** Cells of steps and keys, `steps × KEYS`. */
export interface Cells {
  /** 1 where a note of piano or bridge begins. */
  settled: Float32Array;
  /** 1 where `settled` holds. */
  visible: Float32Array;
}

export function emptyCells(steps: number): Cells {
  return { settled: new Float32Array(steps * KEYS), visible: new Float32Array(steps * KEYS) };
}

/** A note of piano or bridge that was drawn. */
export interface DrawnNote {
  step: number;
  pitch: number;
  /** 0 to 1. */
  probability: number;
  /** 0 to 1. */
  velocity: number;
  /** Step at which it ends. */
  until: number;
}

/**
 * Draws a take: notes by their probability, then in rounds a part of them again while the rest stands, so that notes
 * know of each other (blocked Gibbs sampling, as in Huang et al., Coconet, ISMIR 2017). Chance is keyed by section, bar
 * and place, so what repeats is drawn alike.
 */
export async function drawNotes(
  writer: SongWriter,
  song: Song,
  steps: readonly Step[],
  style: Float32Array,
  drawing: Drawing,
  kept?: Cells,
): Promise<DrawnNote[]> {
  const { settled, visible } = kept
    ? { settled: kept.settled.slice(), visible: kept.visible.slice() }
    : emptyCells(steps.length);
  const first = kept ? await writer.write(style, settled, visible) : await writer.open(style);
  const taken = findTaken(song, steps);
  let written = settleFigure(first, song, steps);
  // How many notes there are is for the network to say, not for the figure; and for hands, which have to play all of it.
  const sure = Math.max(
    chooseThreshold(first, drawing.density, taken),
    limitThreshold(written, taken, countMost(song, drawing.density)),
  );
  const threshold = warmThreshold(written, taken, sure, drawing.temperature, LEAST);
  const draw = () => drawCells(written, song, steps, { ...drawing, threshold, taken }, visible, settled);
  draw();
  for (let round = 1; round < drawing.rounds; round++) {
    for (let i = 0; i < visible.length; i++) {
      const isHidden = kept?.visible[i] !== 1 && uniform(song.settings.seed, round, i) < HIDDEN_SHARE;
      visible[i] = isHidden ? 0 : 1;
    }
    const again = settleFigure(await writer.write(style, settled, visible), song, steps);
    written = keepVisible(written, again, visible);
    draw();
  }
  return listNotes(written, settled);
}

/** Cells that no note may have, because the melody on top of the take sounds there or below: 1. */
function findTaken(song: Song, steps: readonly Step[]): Uint8Array {
  const taken = new Uint8Array(steps.length * KEYS);
  steps.forEach(({ start }, t) => {
    const melody = song.melody.range(start, start + 1);
    if (melody) taken.fill(1, t * KEYS + Math.max(0, melody.low - LOWEST_PITCH), (t + 1) * KEYS);
  });
  return taken;
}

/** Draws the cells that are not visible into `settled`. */
function drawCells(
  written: Written,
  song: Song,
  steps: readonly Step[],
  { threshold, temperature, taken }: Drawing & { threshold: number; taken: Uint8Array },
  visible: Float32Array,
  settled: Float32Array,
): void {
  const bias = logit(threshold);
  steps.forEach((step, t) => {
    const { label, barInSection } = song.places[step.bar];
    const tick = step.start - song.grid.bars[step.bar].start;
    for (let key = 0; key < KEYS; key++) {
      const cell = t * KEYS + key;
      if (visible[cell] === 1) continue;
      const probability = either(written, cell);
      if (probability < LEAST || taken[cell] === 1) {
        settled[cell] = 0;
        continue;
      }
      const chance =
        temperature === 0
          ? 0
          : temperature * logit(uniform(song.settings.seed, label, barInSection, tick, key) + 1e-9);
      settled[cell] = logit(probability) - bias + chance > 0 ? 1 : 0;
    }
  });
}

/** What was written before where cells were visible, and what is new elsewhere. */
function keepVisible(before: Written, now: Written, visible: Float32Array): Written {
  const mix = (old: Uint8Array, fresh: Uint8Array) =>
    fresh.map((value, i) => (visible[i] === 1 ? old[i] : value));
  return {
    ...now,
    bridge: mix(before.bridge, now.bridge),
    piano: mix(before.piano, now.piano),
  };
}

function listNotes(written: Written, settled: Float32Array): DrawnNote[] {
  const notes: DrawnNote[] = [];
  settled.forEach((begins, cell) => {
    if (begins === 0) return;
    let end = cell + KEYS;
    while (end < settled.length && settled[end] === 0 && written.hold[end] >= SOUNDS_ON) {
      if (end - cell >= LONGEST * KEYS) break;
      end += KEYS;
    }
    notes.push({
      step: Math.floor(cell / KEYS),
      until: Math.floor(end / KEYS),
      pitch: (cell % KEYS) + LOWEST_PITCH,
      probability: either(written, cell),
      velocity: written.velocity[cell] / 255,
    });
  });
  return notes;
}
