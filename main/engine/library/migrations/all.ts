import { songsMigration } from './0001-songs.ts';
import { analysesMigration } from './0002-analyses.ts';
import { takesMigration } from './0003-takes.ts';
import { jobsMigration } from './0004-jobs.ts';
import { evidenceMigration } from './0005-evidence.ts';
import { evidenceStagesMigration } from './0006-evidence-stages.ts';
import { correctionsMigration } from './0007-corrections.ts';
import { factsMigration } from './0008-facts.ts';
import { takeMarksMigration } from './0009-take-marks.ts';
import type { Migration } from './migration.ts';

/** Every migration, version `i + 1` at index `i`. Add at the end; never change one that has shipped. */
export const migrations: readonly Migration[] = [
  songsMigration,
  analysesMigration,
  takesMigration,
  jobsMigration,
  evidenceMigration,
  evidenceStagesMigration,
  correctionsMigration,
  factsMigration,
  takeMarksMigration,
];

export const SCHEMA_VERSION = migrations.length;
