import type { Levels } from '../../../main/contract/performance.ts';
import type { Gains } from './sound/messages.ts';

/** LUFS that both are played at: leaves room for the peaks of the two together. */
const TARGET = -18;
/** Until they are measured: a recording of today, and the piano as it is sampled. */
const USUAL = { record: -12, piano: -32 };
const CLICK = 0.35;

/**
 * Factors of the parts. In the middle of the slider both are equally loud; towards an end the other one fades.
 * @param mix 0: the recording alone, 1: the piano alone
 */
export function balance(levels: Levels | null, mix: number, metronome: boolean): Gains {
  const gain = (level: number | null | undefined, usual: number) => 10 ** ((TARGET - (level ?? usual)) / 20);
  return {
    // Raised no higher than it is: its peaks are at full scale.
    record: Math.min(1, gain(levels?.record, USUAL.record)) * Math.min(1, 2 * (1 - mix)),
    piano: gain(levels?.piano, USUAL.piano) * Math.min(1, 2 * mix),
    click: metronome ? CLICK : 0,
  };
}
