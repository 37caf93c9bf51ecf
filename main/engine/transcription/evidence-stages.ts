import type { SeparateMode } from '../../contract/separation.ts';
import type { Evidence } from './evidence.ts';
import { allocateEvidence } from './evidence-file.ts';

/** Parts of the listening, in order; each is kept when it is done, so that work cut off goes on after it. */
export const heardStages = ['notes', 'chords', 'voice'] as const;
export type HeardStage = (typeof heardStages)[number];

/** The time axes that belong to a stage. */
const axes = {
  notes: ['frames', 'beatFrames'],
  chords: ['chordFrames'],
  voice: ['voiceFrames'],
} as const satisfies Record<HeardStage, readonly (keyof Evidence)[]>;

/** Whether the stage's planes are filled. */
export function hasStage(evidence: Evidence, stage: HeardStage): boolean {
  return axes[stage].every((axis) => evidence[axis] > 0);
}

/** The stage's planes alone. */
export function pickStage(evidence: Evidence, stage: HeardStage): Evidence {
  return addStage(allocateEvidence(0), evidence, stage);
}

/** `evidence` with the stage's planes of `part`. */
export function addStage(evidence: Evidence, part: Evidence, stage: HeardStage): Evidence {
  switch (stage) {
    case 'notes': {
      const { frames, onset, note, contour, flux, loudness, beatFrames, beats } = part;
      return { ...evidence, frames, onset, note, contour, flux, loudness, beatFrames, beats };
    }
    case 'chords':
      return { ...evidence, chordFrames: part.chordFrames, chords: part.chords };
    case 'voice':
      return { ...evidence, voiceFrames: part.voiceFrames, voice: part.voice };
  }
}

/** Whether a separation found nothing at all that is sung, or none was made because no voice was in sight. */
export function isVoiceless(evidence: Evidence): boolean {
  return evidence.voice.every((value) => value === 0);
}

/** Keeps what each stage has heard of one song. */
export interface StageStore {
  /** Evidence in which the stage's planes are filled, or null. */
  read(stage: HeardStage): Evidence | null;
  write(stage: HeardStage, part: Evidence): void;
}

/**
 * What is known of a song from before and still holds, and what has to be heard for it.
 * @param given whether a person gave the song's stems; then they are followed whatever `separate` says
 */
export function gatherStages(
  stages: StageStore | undefined,
  separate: SeparateMode,
  given = false,
): { evidence: Evidence; missing: HeardStage[] } {
  let evidence = allocateEvidence(0);
  for (const stage of heardStages) {
    if (stage === 'voice' && (given || separate === 'never')) continue;
    const part = stages?.read(stage);
    if (!part || !hasStage(part, stage)) continue;
    // Where nobody looked closely because no voice was in sight, whoever insists has it done.
    if (stage === 'voice' && separate === 'always' && isVoiceless(part)) continue;
    evidence = addStage(evidence, part, stage);
  }
  const wanted = heardStages.filter((stage) => stage !== 'voice' || given || separate !== 'never');
  return { evidence, missing: wanted.filter((stage) => !hasStage(evidence, stage)) };
}
