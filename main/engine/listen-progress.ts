import type { HeardStage } from './transcription/evidence-stages.ts';

/** Parts of the listening that progress tells apart: the stage `notes` hears beats first. */
type Part = HeardStage | 'beats';

/** Processor seconds a minute of audio, measured (`npm run bench`). */
const COST: Record<Part, number> = { beats: 0.9, notes: 1.4, chords: 1.1, voice: 3.7 };
const order: readonly Part[] = ['beats', 'notes', 'chords', 'voice'];

/**
 * Turns the parts' progress into that of the whole, in proportion to what each costs.
 * @param stages that are going to be heard
 * @returns for a part, what to call with how much of it is done, 0 to 1
 */
export function makeListenProgress(
  stages: readonly HeardStage[],
  onProgress: ((fraction: number) => void) | undefined,
): (part: Part) => (fraction: number) => void {
  const parts = order.filter((part) => stages.includes(part === 'beats' ? 'notes' : part));
  const total = parts.reduce((sum, part) => sum + COST[part], 0);
  let reached = 0;
  return (part) => {
    const before = parts.slice(0, parts.indexOf(part)).reduce((sum, earlier) => sum + COST[earlier], 0);
    return (fraction) => {
      reached = Math.max(reached, (before + COST[part] * Math.min(1, Math.max(0, fraction))) / total);
      onProgress?.(reached);
    };
  };
}
