import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { SongleafError } from '../contract/errors.ts';
import type { Evidence } from '../engine/transcription/evidence.ts';
import { allocateEvidence, decodeEvidence, encodeEvidence } from '../engine/transcription/evidence-file.ts';
import {
  addStage,
  type HeardStage,
  hasStage,
  type StageStore,
} from '../engine/transcription/evidence-stages.ts';
import { evidenceFileName } from './analysis-file.ts';
import type { OutputFiles } from './output-files.ts';

/** What was heard of one song as a file in the folder of its analysis: read before, written after. */
export class EvidenceStore implements StageStore {
  readonly #name: string;
  #evidence: Evidence;
  #changed = false;

  /** A file that is damaged or from another version counts as none. */
  constructor(folder: string, hash: string) {
    this.#name = evidenceFileName(hash);
    this.#evidence = readEvidence(path.join(folder, this.#name)) ?? allocateEvidence(0);
  }

  read(stage: HeardStage): Evidence | null {
    return hasStage(this.#evidence, stage) ? this.#evidence : null;
  }

  write(stage: HeardStage, part: Evidence): void {
    this.#evidence = addStage(this.#evidence, part, stage);
    this.#changed = true;
  }

  /** Writes the file if anything was heard. */
  async save(files: OutputFiles): Promise<void> {
    if (!this.#changed) return;
    await files.write(this.#name, encodeEvidence(this.#evidence));
    this.#changed = false;
  }
}

function readEvidence(file: string): Evidence | null {
  if (!existsSync(file)) return null;
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    throw new SongleafError('file-unreadable', `${file} cannot be read.`, 'Check that you may read it.', {
      cause,
    });
  }
  try {
    return decodeEvidence(bytes, file);
  } catch (error) {
    if (error instanceof SongleafError && error.code === 'posteriors-missing') return null;
    throw error;
  }
}
