import { readFileSync } from 'node:fs';
import type { Analysis } from '../../../../main/contract/analysis.ts';
import type { Evidence } from '../../../../main/engine/transcription/evidence.ts';
import { drawEvidence } from './draw-evidence.ts';
import { type SongFixture, toAnalysis } from './song-fixture.ts';

export const fixtureNames = ['pop909-004', 'pop909-022'] as const;

export interface Material {
  song: SongFixture;
  analysis: Analysis;
  evidence: Evidence;
}

/** A committed song excerpt with its true analysis and posteriors drawn from its notes. */
export function readMaterial(name: (typeof fixtureNames)[number], hardness = 0.6): Material {
  const file = new URL(`../../../fixtures/arranger/${name}.json`, import.meta.url);
  const song = JSON.parse(readFileSync(file, 'utf8')) as SongFixture;
  const analysis = toAnalysis(song);
  const notes = [...song.melody, ...song.accompaniment];
  return { song, analysis, evidence: drawEvidence(notes, analysis.song.duration, { hardness, seed: 7 }) };
}
